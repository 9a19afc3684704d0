// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_lock.c - the effects of a row on locks, and on other atomic context.
 *
 * A lock is found by value; an unlock under another name than the lock was taken by drops
 * the last one taken that it may be. Effects on locks also say something about unknown
 * callers: a function that takes a ptl was called without one, and a lock that is dropped
 * before it was taken was held by the caller.
 */
#include "judging.h"

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
	const struct sym *x = sym(f->eng, lock);
	struct item *held = prop_find(&w->prop, ITEM_LOCK, lock);
	struct step *step;

	/* who takes a lock of an object has the object */
	fact_learn(w, x->kind == SYM_ADDR ? x->a : lock, fact_nonzero());
	if (kind == LOCK_PTL) {
		f->ctx->takes_ptl |= !prop_ptl_held(&w->prop);
		learn_no_ptl(&w->prop);
	}
	if (held) {
		held->c = SYM_NONE;	/* by chance no more */
		return;
	}
	reading_locks(w);
	prop_add(w, ITEM_LOCK, (unsigned int)kind, lock)->b = e->shared ? sym_const(f->eng, 1) : SYM_NONE;
	step = step_add(w, STEP_LOCK, f->at->loc, f->func->name,
			object_name(f, &e->object));
	step->subject = lock;
}

void apply_lock(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
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

void see_drop(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);

	ev->lock = lock ? prop_find(&w->prop, ITEM_LOCK, lock) : NULL;
	if (ev->lock)
		return;
	ev->lock = alias_of(w, lock);
	/* or was it a caller's? */
	ev->alias = ev->lock && ev->lock->flags != LOCK_SPIN &&
		    ev->effect->kind == EFFECT_UNLOCK;
}

static void release(const struct frame *f, struct work *w, struct event *ev)
{
	struct step *step = step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
				     object_name(f, &ev->effect->object));
	struct item *item;

	step->subject = ev->lock->a;
	if (ev->alias)
		w->prop.ptl = UNKNOWN;
	if (ev->lock->flags != LOCK_SPIN)
		frame_changes(f, w);
	prop_remove(&w->prop, ev->lock);
	if (prop_ptl_held(&w->prop))
		return;
	item = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);
	if (item)
		prop_remove(&w->prop, item);
	item = item_of(&w->prop, ITEM_ENTRY);
	if (item)
		prop_remove(&w->prop, item);
}

void apply_drop(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
	struct step *step;
	sym_t lock;

	if (ev->lock) {
		release(f, w, ev);
		return;
	}
	lock = object_sym(f, w, &e->object);
	if (e->kind != EFFECT_UNLOCK || lock_kind(w->eng, lock) == LOCK_SPIN)
		return;
	/* the first thing done to it is an unlock: a caller held it */
	step = step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
			object_name(f, &e->object));
	step->subject = lock;
	w->prop.ptl = ABSENT;
}

void apply_assert(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
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

void apply_enter(const struct frame *f, struct work *w, struct event *ev)
{
	enum context context = ev->effect->context;

	if (w->prop.count[context] < COUNT_MAX)
		w->prop.count[context]++;
	step_add(w, STEP_ENTER, f->at->loc, f->func->name, f->at->name)->context =
		(uint8_t)context;
}

void apply_leave(const struct frame *f, struct work *w, struct event *ev)
{
	enum context context = ev->effect->context;

	if (!w->prop.count[context])
		return;		/* entered by a caller */
	w->prop.count[context]--;
	step_add(w, STEP_LEAVE, f->at->loc, f->func->name, f->at->name)->context =
		(uint8_t)context;
}

void apply_ptl(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
	sym_t ptl = object_sym(f, w, &e->object);

	if (e->object.kind == OBJECT_CELL) {
		ptl = sym_born(f->eng, frame_site(f),
			       birth(BIRTH_CELL, (uint32_t)e->object.arg));
		work_write(w, object_addr(f, w, &e->object), ptl);
	}
	sym_mark(f->eng, ptl, SYM_IS_PTL);
}
