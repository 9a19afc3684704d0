// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_callback.c - calls that may sleep, and sleeping locks.
 *
 * A sleeping lock is followed only in a callback that can fail, to find one that fails and
 * keeps it.
 */
#include "judging.h"

void apply_sleeps(const struct frame *f, struct work *w, struct event *ev)
{
	(void)ev;
	f->ctx->sleeps |= !prop_atomic(&w->prop);
	learn_may_sleep(&w->prop);
}

void apply_acquire(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);

	if (!lock || prop_find(&w->prop, ITEM_SLEEPER, lock))
		return;
	reading_locks(w);
	prop_add(w, ITEM_SLEEPER, 0, lock);
	step_add(w, STEP_LOCK, f->at->loc, f->func->name,
		 object_name(f, &ev->effect->object))->subject = lock;
}

/* one that is not known by this name is the one taken last */
void apply_release(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t lock = object_sym(f, w, &ev->effect->object);
	struct item *held = lock ? prop_find(&w->prop, ITEM_SLEEPER, lock) : NULL;

	for (int i = w->prop.n - 1; i >= 0 && !held; i--)
		if (w->prop.items[i].kind == ITEM_SLEEPER)
			held = &w->prop.items[i];
	if (!held)
		return;
	step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
		 object_name(f, &ev->effect->object))->subject = held->a;
	prop_remove(&w->prop, held);
}
