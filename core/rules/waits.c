// SPDX-License-Identifier: GPL-2.0-only
/*
 * waits.c - the last wait of a callback, as an item: what may have ended it before its time.
 *
 * What is said of it is callback_incomplete.c's.
 */
#include "judging.h"

struct item *last_wait(struct work *w)
{
	return item_of(&w->prop, ITEM_WAIT);
}

static void wait_may_end(const struct frame *f, struct work *w, sym_t result, unsigned int how)
{
	struct item *known = last_wait(w);

	if (!item_of(&w->prop, ITEM_CALLBACK) || !is_asked(f->eng, MN_RULE_CALLBACK_INCOMPLETE))
		return;
	if (!result)
		result = result_sym(f, w);
	if (known && known->a == result) {
		known->flags |= (uint16_t)how;
		return;
	}
	prop_add(w, ITEM_WAIT, how, result);
	step_add(w, STEP_WAIT, f->at->loc, f->func->name, f->at->name)->subject = result;
}

void apply_interrupted(const struct frame *f, struct work *w, struct event *ev)
{
	wait_may_end(f, w, object_sym(f, w, &ev->effect->object), WAIT_SIGNAL);
}

/* none: the largest value of a long, of 64 bits or of 32 */
static bool is_timeout(const struct fact *timeout)
{
	return timeout->hi < INT64_MAX && !(timeout->lo == INT32_MAX && timeout->hi == INT32_MAX);
}

void apply_expires(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t timeout = object_sym(f, w, &ev->effect->value);
	struct fact known = fact_of(w, timeout);

	if (!timeout || !is_timeout(&known))
		return;
	f->eng->timed = true;
	wait_may_end(f, w, object_sym(f, w, &ev->effect->object), WAIT_TIMED);
}

/* who does something else behind a wait may have done what it waited for; who takes or drops a lock, has not */
void wait_unseen(struct work *w)
{
	struct item *wait = last_wait(w);

	if (!wait || !(wait->flags & WAIT_TIMED))
		return;
	wait->flags &= (uint16_t)~WAIT_TIMED;
	if (!wait->flags)
		prop_remove(&w->prop, wait);
}

void apply_waited(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)ev;
	if (last_wait(w))
		prop_remove(&w->prop, last_wait(w));
}
