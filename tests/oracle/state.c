// SPDX-License-Identifier: GPL-2.0-only
/*
 * state.c - what an op does to locks, regions and what is known of unseen callers.
 *
 * What is known of callers is what the function's own code shows on this path; ABSENT where
 * docs/rules.md says that it is shown, MAYBE_ABSENT where one may see it so.
 */
#include <string.h>

#include "oracle.h"


int region_number(const struct state *s, int slot)
{
	return s->frames[s->depth - 1].slot[slot];
}

struct region *region_of(struct state *s, int slot)
{
	return &s->regions[region_number(s, slot)];
}

int lock_number(const struct state *s, int lock)
{
	return lock == LOCK_PARAM ? s->frames[s->depth - 1].lock : lock;
}

bool is_atomic(const struct state *s)
{
	bool atomic = false;

	for (int i = 0; i < LOCKS_ALL; i++)
		atomic |= s->held[i];
	for (int i = 0; i < CONTEXTS; i++)
		atomic |= s->contexts[i];
	return atomic;
}

bool any_open(const struct state *s)
{
	for (int i = 0; i < REGIONS_MAX; i++)
		if (s->regions[i].open)
			return true;
	return false;
}

bool any_failed(const struct state *s)
{
	for (int i = 0; i < REGIONS_MAX; i++)
		if (s->regions[i].failed)
			return true;
	return false;
}

bool any_murky(const struct state *s)
{
	for (int i = 0; i < REGIONS_MAX; i++)
		if (s->regions[i].murky)
			return true;
	return s->murky;
}

static void learn(uint8_t *what, enum known known)
{
	if (*what < known)
		*what = (uint8_t)known;
}

/* the regions that are open are used: changes, notifications and unlocks inside */
static void use(struct state *s, int how)
{
	for (int i = 0; i < REGIONS_MAX; i++)
		if (s->regions[i].open && s->regions[i].used < how)
			s->regions[i].used = (uint8_t)how;
}

/* ------------------------------------------------------------------ */

static void take_lock(struct state *s, const struct op *op)
{
	int lock = lock_number(s, op->a);
	bool first = !is_atomic(s);

	s->murky |= s->held[lock];
	s->held[lock] = 1;
	s->as_param[lock] = op->a == LOCK_PARAM;
	if (lock != LOCK_PTL && op->a != LOCK_PARAM)
		return;
	learn(&s->ptl, op->a == LOCK_PTL && first ? ABSENT : MAYBE_ABSENT);
}

static void drop_lock(struct state *s, const struct op *op)
{
	int lock = lock_number(s, op->a);

	use(s, lock == LOCK_PTL ? 2 : 1);
	if (s->held[lock]) {
		s->held[lock] = s->as_param[lock] = 0;
		return;
	}
	/* a caller's; or, where others are held, one of them by another name */
	s->murky |= is_atomic(s) || (lock != LOCK_A && lock != LOCK_B && s->ptl == ABSENT);
	learn(&s->ptl, MAYBE_ABSENT);
}

static void may_sleep(struct state *s)
{
	learn(&s->ptl, is_atomic(s) ? MAYBE_ABSENT : ABSENT);
}

static void take_mmap(struct state *s)
{
	may_sleep(s);
	if (any_open(s) || any_failed(s) || any_murky(s)) {
		s->mmap = s->mmap ? s->mmap : 2;
		return;
	}
	s->mmap = s->mmap ? s->mmap : 1;
	learn(&s->outside, ABSENT);
}

static void start(const struct program *p, struct state *s, const struct op *op)
{
	struct region *r = region_of(s, op->a);
	bool nonblock = op->kind == DO_NONBLOCK;

	if (!nonblock)
		may_sleep(s);
	learn(&s->outside, nonblock || is_atomic(s) ? MAYBE_ABSENT : ABSENT);
	if (!any_open(s))
		s->left = s->flushed = 0;
	if (r->open && p->kernel.values)
		r->murky = 1;
	for (int i = 0; i < REGIONS_MAX; i++)
		s->regions[i].failed = 0;
	/* pairs nest, where a region is bounds */
	r->open = (uint8_t)(p->kernel.values && r->open < 3 ? r->open + 1 : 1);
	r->init = 1;
	r->nonblock = nonblock;
	r->ended = r->used = 0;
	r->site = (uint16_t)(op - p->ops + 1);
	s->pending = 0;
}

static void nonblock(const struct program *p, struct state *s, const struct op *op,
		     bool success)
{
	struct region *r = region_of(s, op->a);

	if (success || op->b == VAR_NONE) {
		start(p, s, op);
		r->murky |= op->b == VAR_NONE;
		return;
	}
	learn(&s->outside, MAYBE_ABSENT);
	r->init = 1;
	if (r->open)
		r->murky = 1;
	r->failed = 1;
	r->ended = 0;
}

static void end(struct state *s, const struct op *op)
{
	struct region *r = region_of(s, op->a);

	if (r->open && !r->nonblock)
		may_sleep(s);
	if (!r->open && any_open(s))
		for (int i = 0; i < REGIONS_MAX; i++)
			s->regions[i].murky |= s->regions[i].open;
	r->open = (uint8_t)(r->open - !!r->open);
	r->failed = 0;
	r->ended = 1;
	if (op->kind == DO_END || !any_open(s))
		s->flushed = 0;
}

static void init(struct state *s, const struct op *op)
{
	struct region *r = region_of(s, op->a);

	/* another range in the structure of an open region */
	r->murky |= r->open;
	r->init = 1;
	r->failed = 0;
}

static void change(struct state *s, const struct op *op)
{
	use(s, 2);
	if (op->a == CHANGE_HUGE && any_open(s))
		s->cleared |= 4;
	s->flushed |= op->a == CHANGE_FLUSH || op->a == CHANGE_HUGE;
	if (op->a == CHANGE_GET || op->a == CHANGE_FLUSH)
		s->cleared |= 1;
	if (op->a == CHANGE_HUGE)
		s->cleared |= 2;
}

static void take_mutex(struct state *s, const struct op *op, bool sleeps)
{
	if (sleeps)
		may_sleep(s);
	s->murky |= s->mutex >> op->a & 1;
	s->mutex |= (uint8_t)(1u << op->a);
}

static void drop_mutex(struct state *s, const struct op *op)
{
	s->murky |= !(s->mutex >> op->a & 1);
	s->mutex &= (uint8_t)~(1u << op->a);
}

/* another file's function got the range: it may ask, start, end or initialise */
static void foreign(struct state *s, const struct op *op)
{
	struct region *r = region_of(s, op->a);

	s->asked = 1;
	r->init = r->murky = 1;
	r->failed = 0;
}

/* @success: of one that can fail */
void apply_op(const struct program *p, struct state *s, const struct op *op, bool success)
{
	switch (op->kind) {
	case DO_TRYLOCK:
	case DO_LOCK:
		if (success)
			take_lock(s, op);
		break;
	case DO_UNLOCK:
		drop_lock(s, op);
		break;
	case DO_ENTER:
		s->contexts[op->a] = (uint8_t)(s->contexts[op->a] + (s->contexts[op->a] < 4));
		break;
	case DO_LEAVE:
		s->contexts[op->a] = (uint8_t)(s->contexts[op->a] - !!s->contexts[op->a]);
		break;
	case DO_INIT:
		init(s, op);
		break;
	case DO_START:
		start(p, s, op);
		break;
	case DO_NONBLOCK:
		nonblock(p, s, op, success);
		break;
	case DO_END:
	case DO_ONLY_END:
		end(s, op);
		break;
	case DO_NOTIFY:
		use(s, 1);
		s->pending = 0;
		s->flushed = 0;
		break;
	case DO_CHANGE:
		change(s, op);
		break;
	case DO_SLEEP:
		may_sleep(s);
		break;
	case DO_MUTEX_LOCK:
	case DO_MUTEX_TRYLOCK:
		if (success)
			take_mutex(s, op, op->kind == DO_MUTEX_LOCK);
		break;
	case DO_MUTEX_UNLOCK:
		drop_mutex(s, op);
		break;
	case DO_MMAP_LOCK:
		take_mmap(s);
		break;
	case DO_FOREIGN:
		foreign(s, op);
		break;
	default:
		break;
	}
}

/* the structures of the function that returns are gone */
void forget_own(struct state *s)
{
	int first = 2 * (s->depth - 1);

	memset(&s->regions[first], 0, 2 * sizeof(s->regions[0]));
	s->quiet &= (uint16_t)~(3u << (first + 1));
}
