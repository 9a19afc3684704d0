// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_incomplete.c - callbacks that say that they are done, and may not be.
 *
 * A callback waits until its device has stopped using the pages. A wait that a signal may end has not
 * waited where its result is below 0. The mm gives the pages away when the callback returns, whoever the
 * signal was for: so the result is checked, and the callback waits again, without being interrupted.
 * Only the last wait counts: what each waits for is not known.
 */
#include "judging.h"

void apply_interrupted(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t result = object_sym(f, w, &ev->effect->object);

	if (!callback_item(w) || !is_asked(f->eng, MN_RULE_CALLBACK_INCOMPLETE))
		return;
	if (!result)
		result = result_sym(f, w);
	prop_add(w, ITEM_WAIT, 0, result);
	step_add(w, STEP_WAIT, f->at->loc, f->func->name, f->at->name)->subject = result;
}

void apply_waited(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)ev;
	for (int i = w->prop.n - 1; i >= 0; i--)
		if (w->prop.items[i].kind == ITEM_WAIT)
			prop_remove(&w->prop, &w->prop.items[i]);
}

static const struct item *wait_cut_short(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_WAIT && fact_of(w, w->prop.items[i].a).lo < 0)
			return &w->prop.items[i];
	return NULL;
}

static void at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	bool gives_away = cb && (cb->invalidates || cb->sequence);
	const struct item *wait = gives_away ? wait_cut_short(w) : NULL;
	const struct step *s = wait ? step_last(w->trail, STEP_WAIT) : NULL;

	if (s && callback_is_done(w, cb, result))
		callback_finding(f, w, loc, MESSAGE_CALLBACK_INTERRUPTED, cb->member, s->name);
}

const struct rule rule_CALLBACK_INCOMPLETE = { 0, 0, NULL, at_return, NULL, NULL };
