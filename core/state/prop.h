/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * prop.h - the property part of a state: what the rules judge. Prop.c works on it.
 */
#ifndef PROP_H
#define PROP_H

#include "value.h"

enum item_kind {
	ITEM_LOCK,		/* a: the lock; flags: enum lock_kind */
	ITEM_REGION,		/* a: range or NONE, b: mm, c: start, d: end */
	ITEM_ENDED,		/* the same, of a region that was ended */
	ITEM_FAILED,		/* the same, of a start that failed */
	ITEM_INIT,		/* a: a range that was initialised */
	ITEM_LEVEL,		/* flags: level changed and not yet notified */
	ITEM_ENTRY,		/* a: an entry that was cleared; flags: ENTRY_CLEAR, nobody
				 * was told since, ENTRY_SET, .. and it was set to b's,
				 * ENTRY_MORE, outside any region: it may be put back */
	ITEM_CALLBACK,		/* a: in a callback that may sleep only where this is not 0 */
	ITEM_SLEEPER,		/* a: a lock that is waited for asleep, where one can fail */
};

enum lock_kind { LOCK_PTL, LOCK_SPIN, LOCK_EITHER };

#define REGION_NONBLOCK	(1u << 0)	/* begun by _nonblock: the end does not sleep */
#define REGION_HUGE	(1u << 1)	/* a PMD or PUD was changed inside */
#define REGION_QUIET	(1u << 2)	/* a finding was made about it */
#define REGION_USED	(1u << 3)	/* entries were changed and told of inside */

struct item {
	uint16_t kind, flags;
	sym_t a, b, c, d;
	uint32_t site;			/* ITEM_REGION: low half of where it began */
};

#define ITEMS_MAX 24

/* why no unseen caller can have a region open that an entry's change would lie in */
enum outside {
	OUTSIDE_UNKNOWN,
	OUTSIDE_CALLERS,	/* none of them is called inside one */
	OUTSIDE_DETACHED,	/* nor are tables still of use whose entry was cleared in one */
	OUTSIDE_ALONE,		/* there is no notifier: nobody need be told */
};

/* the property part: what the rules judge; states merge only where it is equal */
struct prop {
	uint16_t n;
	uint8_t ptl, region, atomic;	/* enum presence, of the unseen callers */
	uint8_t top;			/* no caller but other units' */
	uint8_t outside;		/* enum outside */
	uint8_t count[CONTEXT_COUNT];
	uint8_t pad[4];			/* compared as bytes: no holes */
	uint32_t quiet;			/* rules that have spoken on this path */
	struct item items[ITEMS_MAX];
};

/* what somebody took or began: a path can tell where */
static inline bool item_has_step(const struct item *item)
{
	return item->kind <= ITEM_REGION || item->kind == ITEM_SLEEPER;
}

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

struct item *prop_find(struct prop *p, enum item_kind kind, sym_t a);
void prop_remove(struct prop *p, struct item *item);
bool prop_ptl_held(const struct prop *p);
/* the first region that is open, or NULL */
const struct item *prop_region_open(const struct prop *p);
bool prop_atomic(const struct prop *p);
/* a change of an entry would be a mistake here */
bool entry_needs_region(const struct prop *p);
/* no unseen caller holds a page table lock */
void learn_no_ptl(struct prop *p);
/* this call may sleep: no unseen caller is atomic */
void learn_may_sleep(struct prop *p);
/* entries were changed under a lock, or told of: the regions open now have done their work */
void mark_regions_used(struct prop *p);

#endif /* PROP_H */
