// SPDX-License-Identifier: GPL-2.0-only
/*
 * prop.c - the property part of a state: the items that the rules check.
 *
 * Effects on locks also say something about unknown callers: a function that takes a ptl was
 * called without one.
 */
#include "state.h"

const struct item_form item_forms[ITEM_COUNT] = {
#define MN_ITEM(kind, max, set, made_by, callee, exit, meet, evicted, shown) \
	{ max, set, STEP_##made_by, CALLEE_##callee, EXIT_##exit, MEET_##meet, \
	  EVICTED_##evicted, shown },
#include "items.def"
#undef MN_ITEM
};

static size_t prop_size(const struct prop *p)
{
	return offsetof(struct prop, items) + sizeof(p->items[0]) * p->n;
}

void prop_copy(struct prop *to, const struct prop *from)
{
	memcpy(to, from, prop_size(from));
}

bool prop_equal(const struct prop *a, const struct prop *b)
{
	return a->n == b->n && !memcmp(a, b, prop_size(a));
}

struct item *prop_find(struct prop *p, enum item_kind kind, sym_t a)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind && p->items[i].a == a)
			return &p->items[i];
	return NULL;
}

struct item *item_of(struct prop *p, enum item_kind kind)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind)
			return &p->items[i];
	return NULL;
}

bool prop_has(const struct prop *p, const struct item *item)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == item->kind && same_range(&p->items[i], item))
			return true;
	return false;
}

struct item *failed_start(struct prop *p, const struct item *range)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->items[i].kind == ITEM_FAILED &&
		    (!range || same_range(&p->items[i], range)))
			return &p->items[i];
	return NULL;
}

void prop_remove(struct prop *p, struct item *item)
{
	int at = (int)(item - p->items);

	p->n--;
	memmove(item, item + 1, sizeof(*item) * (size_t)(p->n - at));
	memset(&p->items[p->n], 0, sizeof(*item));
}

void prop_forget(struct prop *p, struct item *item)
{
	enum item_evicted unknown = item_form(item)->evicted;

	prop_remove(p, item);
	if (unknown == EVICTED_LOCKS) {
		p->ptl = p->atomic = UNKNOWN;
		p->forgot |= FORGOT_LOCK;
	}
	if (unknown == EVICTED_REGIONS) {
		p->region = p->outside = UNKNOWN;
		p->forgot |= FORGOT_REGION;
	}
}

static void make_room(struct prop *p, enum item_kind kind)
{
	struct item *oldest = NULL;
	int n = 0;

	for (int i = 0; i < p->n; i++) {
		if (p->items[i].kind != kind)
			continue;
		if (!oldest)
			oldest = &p->items[i];
		n++;
	}
	if (n == item_forms[kind].max)
		prop_forget(p, oldest);
}

struct item *prop_add(struct work *w, enum item_kind kind, unsigned int flags,
		      sym_t a)
{
	struct prop *p = &w->prop;
	/* a set is kept sorted, a history in its order */
	bool set = item_forms[kind].set;
	int at;

	make_room(p, kind);
	for (at = 0; at < p->n; at++)
		if (p->items[at].kind > kind ||
		    (set && p->items[at].kind == kind && p->items[at].a > a))
			break;
	memmove(&p->items[at + 1], &p->items[at],
		sizeof(p->items[0]) * (size_t)(p->n - at));
	p->n++;
	memset(&p->items[at], 0, sizeof(p->items[0]));
	p->items[at].kind = (uint16_t)kind;
	p->items[at].flags = (uint16_t)flags;
	p->items[at].a = a;
	return &p->items[at];
}

const struct item *prop_region_open(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_REGION)
			return &p->items[i];
	return NULL;
}

bool prop_ptl_held(const struct prop *p)
{
	if (p->ptl == PRESENT)
		return true;
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_LOCK &&
		    p->items[i].flags != LOCK_SPIN)
			return true;
	return false;
}

enum lock_kind lock_kind(const struct engine *eng, sym_t lock)
{
	const struct sym *x = sym(eng, lock);

	if (x->flags & SYM_IS_PTL)
		return LOCK_PTL;
	switch (x->kind) {
	case SYM_ADDR:
	case SYM_LOCAL:
	case SYM_GLOBAL:
		return LOCK_SPIN;
	case SYM_INPUT:
		return x->flags & SYM_STACK ? LOCK_SPIN : LOCK_EITHER;
	default:
		return LOCK_EITHER;
	}
}

/* an unseen caller that held a ptl could not have let us take one */
void learn_no_ptl(struct prop *p)
{
	if (p->ptl == UNKNOWN && !p->forgot)
		p->ptl = ABSENT;
}

bool prop_atomic(const struct prop *p)
{
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (p->count[i])
			return true;
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_LOCK)
			return true;
	return false;
}

unsigned int prop_holds(const struct prop *p)
{
	return (prop_ptl_held(p) ? MN_HOLDS_PTL : 0) |
	       (prop_region_open(p) ? MN_HOLDS_REGION : 0) |
	       (prop_atomic(p) || p->atomic == PRESENT ? MN_HOLDS_ATOMIC : 0);
}

void learn_may_sleep(struct prop *p)
{
	if (prop_atomic(p))
		return;
	if (p->atomic == UNKNOWN)
		p->atomic = ABSENT;
	learn_no_ptl(p);
}

const struct item *flush_untold(const struct prop *p)
{
	const struct item *flushed = prop_find((struct prop *)p, ITEM_FLUSHED, SYM_NONE);

	return flushed && flushed->flags & FLUSH_DONE ? flushed : NULL;
}

/* with no lock held who flushes for another CPU may notify later on */
static bool may_be_told(const struct item *flushed)
{
	return (flushed->flags & (FLUSH_PENDING | FLUSH_LOCKED)) == FLUSH_PENDING;
}

void flush_forget(struct prop *p)
{
	struct item *flushed = item_of(p, ITEM_FLUSHED);

	if (flushed && !may_be_told(flushed) && !prop_region_open(p) && !prop_ptl_held(p))
		prop_remove(p, flushed);
}

const struct item *entry_waits(const struct prop *p)
{
	const struct item *entry = item_of((struct prop *)p, ITEM_ENTRY);

	return entry && (entry->flags & ~ENTRY_AFTER) == ENTRY_MORE ? entry : NULL;
}

bool entry_needs_region(const struct prop *p)
{
	return p->region == ABSENT && !prop_region_open(p) &&
	       (p->outside == OUTSIDE_CALLERS || p->outside == OUTSIDE_DETACHED);
}

bool item_is_own(const struct engine *eng, const struct item *item)
{
	return item->a && sym(eng, sym_base(eng, item->a))->kind == SYM_LOCAL;
}
