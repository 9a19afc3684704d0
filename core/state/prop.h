/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * prop.h - the property part of a state: what the rules judge. items.def says of what.
 */
#ifndef PROP_H
#define PROP_H

#include <assert.h>

#include "value.h"

enum item_kind {
#define MN_ITEM(kind, ...) ITEM_##kind,
#include "items.def"
#undef MN_ITEM
	ITEM_COUNT
};

enum {
#define MN_ITEM(kind, max, ...) + (max)
	ITEMS_MAX = 0
#include "items.def"
#undef MN_ITEM
};

enum lock_kind { LOCK_PTL, LOCK_SPIN, LOCK_EITHER };

#define REGION_NONBLOCK	(1u << 0)	/* started by _nonblock: the end does not sleep */
#define REGION_HUGE	(1u << 1)	/* a PMD or PUD was changed inside */
#define REGION_QUIET	(1u << 2)	/* a finding was made about it */
#define REGION_USED	(1u << 3)	/* entries were changed and notified inside */
#define REGION_LENT	(1u << 4)	/* a function that is not seen may have ended it */
#define REGION_UNSHARED	(1u << 5)	/* a page table was unshared inside */
#define REGION_AS_PASSED (1u << 6)	/* a bound is what came from another file, or memory */
#define REGION_LEFT	(1u << 7)	/* by a call that is over */

#define ENTRY_AFTER	(1u << 8)	/* with an entry_word: a region had ended before */

#define FLUSH_DONE	(1u << 0)	/* by this function, and not notified .. */
#define FLUSH_PENDING	(1u << 1)	/* .. for another CPU, which has not notified yet either */
#define FLUSH_LOCKED	(1u << 2)	/* .. under a page table lock, whose unlock asks for it */

#define FORGOT_LOCK	(1u << 0)
#define FORGOT_GIVEN	(1u << 1)	/* what is held may have been given back */
#define FORGOT_REGION	(1u << 2)	/* one may be open that no item is left of */

#define INSERTED_FREED	(1u << 0)
#define INSERTED_PUT	(1u << 1)

#define INIT_GIVEN	(1u << 0)	/* to a function that is not seen, which may have started it .. */
#define INIT_OUTSIDE	(1u << 1)	/* .. where no region was open */

struct item {
	uint16_t kind, flags;
	sym_t a, b, c, d, e;
	uint64_t site;			/* ITEM_REGION, ITEM_READ, ITEM_FLUSHED: where it started, was read, was flushed */
};

static_assert(sizeof(struct item) == 32, "items are compared as bytes: no holes");

/* from here on a context is entered in vain: a loop that only enters comes to rest */
#define COUNT_MAX 7

static_assert(MN_RULE_COUNT < 32, "rules are bits of a uint32_t");

/* why no unseen caller can have a region open that an entry's change would lie in */
enum outside {
	OUTSIDE_UNKNOWN,
	OUTSIDE_CALLERS,	/* none of them is called inside one */
	OUTSIDE_DETACHED,	/* nor are tables still of use whose entry was cleared in one */
	OUTSIDE_ALONE,		/* there is no notifier to call */
};

/* the property part: what the rules judge; states merge only where it is equal */
struct prop {
	uint8_t n;
	uint8_t forgot;			/* FORGOT_LOCK: one may be held that no item is left of: nothing tells that none is */
	uint8_t ptl, region, atomic;	/* enum presence, of the unseen callers */
	uint8_t top;			/* no caller but other units' */
	uint8_t outside;		/* enum outside */
	uint8_t count[CONTEXT_COUNT];	/* at most COUNT_MAX */
	uint32_t quiet;			/* rules that have spoken on this path */
	struct item items[ITEMS_MAX];
};

static_assert(offsetof(struct prop, items) ==
	      2 + 5 + CONTEXT_COUNT + sizeof(uint32_t), "compared as bytes: no holes");
static_assert(ITEMS_MAX <= UINT8_MAX && ITEM_COUNT <= UINT16_MAX, "kept in 8 and in 16 bits");

/* of two regions: the same structure, or the same values where there is none */
static inline bool same_range(const struct item *x, const struct item *y)
{
	if (x->a || y->a)
		return x->a == y->a;
	return x->b == y->b && x->c == y->c && x->d == y->d;
}

static inline sym_t subject_of(const struct item *item)
{
	return item->a ? item->a : item->c;
}

/* the items that there are, not the room for more */
void prop_copy(struct prop *to, const struct prop *from);
bool prop_equal(const struct prop *a, const struct prop *b);
struct item *prop_find(struct prop *p, enum item_kind kind, sym_t a);
/* an item of @item's kind about the same: its value, or without one its range */
bool prop_has(const struct prop *p, const struct item *item);
/* the start of @range, or any, that failed on this path; NULL: none */
struct item *failed_start(struct prop *p, const struct item *range);
void prop_remove(struct prop *p, struct item *item);
/* .. of which nothing is known any more: that it is not there concludes nothing */
void prop_forget(struct prop *p, struct item *item);
bool prop_ptl_held(const struct prop *p);
/* the first region that is open, or NULL */
const struct item *prop_region_open(const struct prop *p);
bool prop_atomic(const struct prop *p);
/* MN_HOLDS_*, as far as it is known */
unsigned int prop_holds(const struct prop *p);
/* the first item of @kind, or NULL */
struct item *item_of(struct prop *p, enum item_kind kind);
/* what was flushed in its region, or for another CPU, and not notified; NULL: nothing */
const struct item *flush_untold(const struct prop *p);
/* .. on which nobody relies: no region is open, and no lock held. What is not judged knows of neither */
void flush_forget(struct prop *p);
/* the entry that was cleared under a lock, and may be put back before the lock is dropped; NULL: none */
const struct item *entry_waits(const struct prop *p);
/* a change of an entry would be a mistake here */
bool entry_needs_region(const struct prop *p);
/* no unseen caller holds a page table lock */
void learn_no_ptl(struct prop *p);
/* this call may sleep: no unseen caller is atomic */
void learn_may_sleep(struct prop *p);

#endif /* PROP_H */
