// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_lock.c - the effects of a row on locks, and on other atomic context.
 *
 * A lock is found by value; one that is dropped under another name than it was taken by
 * is the one taken last that it may be. What is done to a lock also tells of callers that
 * this unit does not see: who takes a ptl was called without one, and what is dropped
 * before it was taken was theirs.
 */
#include "rules.h"
#include "judge_entry.h"

/* ------------------------------------------------------------------ */
/* locks                                                               */

/* the lock that a LOCK takes: what is in a cell afterwards is a new one */
static sym_t taken_lock(const struct frame *f, struct work *w,
			const struct effect *e)
{
	sym_t lock;

	if (e->object.kind != OBJECT_CELL) {
		lock = object_sym(f, w, &e->object);
		return lock ? lock : sym_born(f->eng, frame_site(f), birth(BIRTH_LOCK, 0));
	}
	lock = sym_born(f->eng, frame_site(f), birth(BIRTH_CELL, (uint32_t)e->object.arg));
	sym_mark(f->eng, lock, e->ptl ? SYM_IS_PTL : 0);
	work_write(w, object_addr(f, w, &e->object), lock);
	return lock;
}

static void hold(const struct frame *f, struct work *w, const struct effect *e,
		 sym_t lock)
{
	enum lock_kind kind = e->ptl ? LOCK_PTL : lock_kind(f->eng, lock);
	struct step *step;

	fact_learn(w, lock, fact_nonzero());
	if (kind == LOCK_PTL) {
		f->ctx->takes_ptl |= !prop_ptl_held(&w->prop);
		learn_no_ptl(&w->prop);
	}
	w->prop.quiet &= ~(1u << MN_RULE_RANGE_UNLOCKED);
	if (prop_find(&w->prop, ITEM_LOCK, lock))
		return;
	prop_add(w, ITEM_LOCK, (unsigned int)kind, lock);
	step = step_add(w, STEP_LOCK, f->at->loc, f->func->name,
			object_name(f, &e->object));
	step->subject = lock;
}

static void take(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t lock = taken_lock(f, w, e);

	if (e->object.kind == OBJECT_RET && e->ptl)
		sym_mark(f->eng, lock, SYM_IS_PTL);
	hold(f, w, e, lock);
}

/* could the held lock be @lock, reached by another way? */
static bool may_be_lock(const struct work *w, const struct item *held, sym_t lock)
{
	const struct sym *x = sym(w->eng, held->a), *y = sym(w->eng, lock);

	if (held->kind != ITEM_LOCK || fact_true(w, lock) == NEVER)
		return false;
	if (lock_kind(w->eng, lock) != LOCK_SPIN)
		return held->flags != LOCK_SPIN;
	/* &a->lock and &b->lock, where a and b may be the same */
	return held->flags == LOCK_SPIN && x->kind == SYM_ADDR &&
	       y->kind == SYM_ADDR && x->imm == y->imm &&
	       !(sym(w->eng, x->a)->flags & sym(w->eng, y->a)->flags & SYM_STABLE);
}

/*
 * The held lock that an unlock of @lock drops, if it is known under another name only.
 * Of several it is the one taken last: locks nest.
 */
static struct item *alias_of(struct work *w, sym_t lock)
{
	for (const struct step *s = w->trail; s; s = s->prev) {
		struct item *held = s->kind == STEP_LOCK ?
				    prop_find(&w->prop, ITEM_LOCK, s->subject) : NULL;

		if (held && may_be_lock(w, held, lock))
			return held;
	}
	for (int i = 0; i < w->prop.n; i++)
		if (may_be_lock(w, &w->prop.items[i], lock))
			return &w->prop.items[i];
	return NULL;
}

static void release(const struct frame *f, struct work *w,
		    const struct effect *e, struct item *held)
{
	struct step *step = step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
				     object_name(f, &e->object));
	struct item *level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);

	step->subject = held->a;
	if (held->flags != LOCK_SPIN)
		mark_regions_used(&w->prop);
	prop_remove(&w->prop, held);
	if (level && !prop_ptl_held(&w->prop)) {
		level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);
		prop_remove(&w->prop, level);
	}
	if (!prop_ptl_held(&w->prop))
		entry_unlocked(f, w);
	w->prop.quiet &= ~(1u << MN_RULE_RANGE_UNLOCKED);
}

static void drop(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t lock = object_sym(f, w, &e->object);
	struct item *held = lock ? prop_find(&w->prop, ITEM_LOCK, lock) : NULL;

	if (!held) {
		held = alias_of(w, lock);
		if (held && held->flags != LOCK_SPIN && e->kind == EFFECT_UNLOCK)
			w->prop.ptl = UNKNOWN;	/* or was it a caller's? */
	}
	if (held)
		release(f, w, e, held);
	else if (e->kind == EFFECT_UNLOCK && lock_kind(w->eng, lock) != LOCK_SPIN) {
		/* the first thing done to it is an unlock: a caller held it */
		struct step *step = step_add(w, STEP_UNLOCK, f->at->loc,
					     f->func->name,
					     object_name(f, &e->object));

		step->subject = lock;
		w->prop.ptl = ABSENT;
	}
}

static void assert_held(const struct frame *f, struct work *w,
			const struct effect *e)
{
	sym_t lock = object_sym(f, w, &e->object);

	if (!lock || lock_kind(f->eng, lock) == LOCK_SPIN)
		return;
	if (prop_find(&w->prop, ITEM_LOCK, lock) || alias_of(w, lock))
		return;
	/* the caller's lock, which this unit did not see being taken */
	prop_add(w, ITEM_LOCK, (unsigned int)lock_kind(f->eng, lock), lock);
	step_add(w, STEP_LOCK, f->at->loc, f->func->name,
		 object_name(f, &e->object))->subject = lock;
}

/* ------------------------------------------------------------------ */
/* other atomic context                                                */

static void enter(const struct frame *f, struct work *w, const struct effect *e)
{
	if (w->prop.count[e->context] < 7)
		w->prop.count[e->context]++;
	step_add(w, STEP_ENTER, f->at->loc, f->func->name, f->at->name)->context =
		(uint8_t)e->context;
}

static void leave(const struct frame *f, struct work *w, const struct effect *e)
{
	if (!w->prop.count[e->context])
		return;		/* entered by a caller */
	w->prop.count[e->context]--;
	step_add(w, STEP_LEAVE, f->at->loc, f->func->name, f->at->name)->context =
		(uint8_t)e->context;
}

static void name_ptl(const struct frame *f, struct work *w,
		     const struct effect *e)
{
	sym_t ptl = object_sym(f, w, &e->object);

	if (e->object.kind == OBJECT_CELL) {
		ptl = sym_born(f->eng, frame_site(f),
			       birth(BIRTH_CELL, (uint32_t)e->object.arg));
		work_write(w, object_addr(f, w, &e->object), ptl);
	}
	sym_mark(f->eng, ptl, SYM_IS_PTL);
}

bool effect_of_lock(const struct frame *f, struct work *w, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_LOCK:
		take(f, w, e);
		return true;
	case EFFECT_UNLOCK:
	case EFFECT_DROP:
		drop(f, w, e);
		return true;
	case EFFECT_ASSERT:
		assert_held(f, w, e);
		return true;
	case EFFECT_ENTER:
		enter(f, w, e);
		return true;
	case EFFECT_LEAVE:
		leave(f, w, e);
		return true;
	case EFFECT_PTL:
		name_ptl(f, w, e);
		return true;
	default:
		return false;
	}
}
