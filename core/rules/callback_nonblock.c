// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_nonblock.c - callbacks that may sleep only where blocking is allowed.
 *
 * A callback has to check that before it sleeps and before it fails, and keeps no lock when it
 * fails. A function in another file may have checked.
 */
#include "judging.h"

/* what a function that is not seen returned may be the answer */
static bool was_answered(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK &&
		    w->prop.items[i].flags & CALLBACK_ANSWERED)
			return true;
	return false;
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *item = callback_item(w);
	enum truth may_block = callback_may_block(w);

	(void)ev;
	if (may_block == MAYBE && was_answered(w) &&
	    unseen_silences(f, w, MN_RULE_CALLBACK_NONBLOCK, UNSEEN_ANSWER))
		return;
	if (item && !callback_is_atomic(item) && may_block != ALWAYS)
		callback_report_sleep(f, w, may_block == NEVER ? MESSAGE_CALLBACK_FORBIDDEN :
				      MESSAGE_CALLBACK_UNASKED);
}

/* ------------------------------------------------------------------ */
/* the return of the callback itself                                   */

static bool has_failed(const struct work *w, const struct callback *cb, sym_t result)
{
	enum truth t = fact_true(w, result);

	return (cb->fails == FAILS_IF_RET && t == ALWAYS) ||
	       (cb->fails == FAILS_IF_NOT_RET && t == NEVER);
}

/* a spinlock that the caller asserts to hold may be another kind; these are ours */
static const struct item *lock_kept(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_SLEEPER ||
		    (p->items[i].kind == ITEM_LOCK && p->items[i].flags == LOCK_SPIN))
			return &p->items[i];
	return NULL;
}

static void report_kept(const struct frame *f, struct work *w, struct mn_loc loc,
			const struct item *lock, const char *member)
{
	const struct step *s = step_of(w->trail, STEP_LOCK, lock->a);

	if (s && s->name)
		callback_finding(f, w, loc, MESSAGE_CALLBACK_HELD, s->name, member);
	else
		callback_finding(f, w, loc, MESSAGE_CALLBACK_HELD_NONAME, member, NULL);
}

/* whether the callback may sleep was neither asked nor, by sleeping, taken for granted */
static bool nobody_asked(const struct work *w)
{
	const struct item *item = callback_item(w);

	return item && callback_may_block(w) == MAYBE && !(item->flags & CALLBACK_TOLD) &&
	       !is_quiet(w, MN_RULE_CALLBACK_NONBLOCK);
}

static void at_return(const struct frame *f, struct work *w, sym_t result,
		      struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *lock;

	if (!cb || !has_failed(w, cb, result))
		return;
	lock = lock_kept(&w->prop);
	if (lock)
		report_kept(f, w, loc, lock, cb->member);
	else if (callback_may_block(w) == ALWAYS)
		callback_finding(f, w, loc, MESSAGE_CALLBACK_FAILS, cb->member, NULL);
	else if (nobody_asked(w))
		callback_finding(f, w, loc, MESSAGE_CALLBACK_FAILS_UNASKED, cb->member, NULL);
}

const struct rule rule_CALLBACK_NONBLOCK = {
	SEES(SLEEPS), 0, at_event, at_return, NULL, NULL
};
