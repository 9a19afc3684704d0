// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_atomic.c - a start or an end that may sleep, where sleeping is not allowed.
 */
#include "judging.h"

/* one that no finding was made about: a lock that is never dropped is one mistake */
static struct item *held_lock(struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_LOCK && !p->items[i].site)
			return &p->items[i];
	return NULL;
}

static void locks_reported(struct prop *p)
{
	struct item *lock;

	while ((lock = held_lock(p)))
		lock->site = 1;
}

static struct judged *report_atomic(const struct frame *f, struct work *w)
{
	static const enum message of_context[] = {
		MESSAGE_ATOMIC_RCU, MESSAGE_ATOMIC_PREEMPT, MESSAGE_ATOMIC_IRQ,
		MESSAGE_ATOMIC_BH, MESSAGE_ATOMIC_KMAP,
	};
	const struct item *lock = held_lock(&w->prop);
	enum message m = w->prop.atomic == PRESENT ? MESSAGE_ATOMIC_CALLBACK :
			 MESSAGE_ATOMIC_CALLER;
	const struct step *s = NULL;

	if (lock) {
		s = step_of(w->trail, STEP_LOCK, lock->a);
		if (!s)
			s = step_of(f->ctx->before, STEP_LOCK, SYM_NONE);
		m = s && s->name ? MESSAGE_ATOMIC_LOCK : MESSAGE_ATOMIC_SPINLOCK;
	}
	for (int i = CONTEXT_COUNT - 1; i >= 0 && !lock; i--)
		if (w->prop.count[i])
			m = of_context[i];
	return judge_report(f, w, m, f->at->name, s ? s->name : NULL);
}

static bool is_atomic(struct prop *p)
{
	bool counted = false;

	for (int i = 0; i < CONTEXT_COUNT; i++)
		counted |= p->count[i] != 0;
	return counted || held_lock(p) || p->atomic == PRESENT || p->ptl == PRESENT;
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	bool end = ev->effect->kind == EFFECT_END;

	if (ev->effect->nonblock)
		return;
	if (!is_atomic(&w->prop)) {
		unseen_silences(f, w, MN_RULE_REGION_ATOMIC, UNSEEN_LOCK);
		return;
	}
	/* until one is seen to be started, the one ended may be of the nonblocking kind */
	if (end && (ev->end != END_OF_REGION || ev->region->flags & REGION_NONBLOCK))
		return;
	if (is_quiet(w, MN_RULE_REGION_ATOMIC))
		return;
	ev->quiet = report_atomic(f, w);
	locks_reported(&w->prop);
	be_quiet(w, MN_RULE_REGION_ATOMIC);
	if (end && ev->quiet)
		ev->region->flags |= REGION_QUIET;
}

/* what forbids sleeping was reported; speak again when something else does */
const struct rule rule_REGION_ATOMIC = {
	SEES(START) | SEES(END), SEES(LOCK) | SEES(ENTER), at_event, NULL, NULL, NULL
};
