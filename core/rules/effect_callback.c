// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_callback.c - calls that may sleep, and sleeping locks.
 *
 * A sleeping lock is followed only in a callback that can fail, to find one that fails and
 * keeps it; where a reader has to hold one; and where it is one that a callback takes.
 */
#include "judging.h"

void apply_sleeps(const struct frame *f, struct work *w, struct event *ev)
{
	idle_sleeps(f, w, ev->effect);
	f->ctx->sleeps |= !prop_atomic(&w->prop);
	learn_may_sleep(&w->prop);
}

void apply_acquire(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);
	struct item *held = lock ? prop_find(&w->prop, ITEM_SLEEPER, lock) : NULL;

	if (held)
		held->c = SYM_NONE;	/* by chance no more */
	if (!lock || held)
		return;
	reading_locks(w);
	prop_add(w, ITEM_SLEEPER, 0, lock)->b = ev->effect->shared ? sym_const(f->eng, 1) : SYM_NONE;
	step_add(w, STEP_LOCK, f->at->loc, f->func->name,
		 object_name(f, &ev->effect->object))->subject = lock;
}

/* may @held be @lock by another name? */
static bool may_be(const struct engine *eng, const struct item *held, sym_t lock)
{
	const char *a = lock_class(eng, held->a), *b = lock_class(eng, lock);

	return held->kind == ITEM_SLEEPER && (!a || !b || a == b);
}

/* one that is not known by this name is the one taken last */
void apply_release(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);
	struct item *held = lock ? prop_find(&w->prop, ITEM_SLEEPER, lock) : NULL;

	for (int i = w->prop.n - 1; i >= 0 && !held; i--)
		if (may_be(f->eng, &w->prop.items[i], lock))
			held = &w->prop.items[i];
	/* who took it is not seen */
	if (!held)
		leaves_unseen(w);
	if (!held)
		return;
	step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
		 object_name(f, &ev->effect->object))->subject = held->a;
	prop_remove(&w->prop, held);
}
