// SPDX-License-Identifier: GPL-2.0-only
/*
 * removal_deadlock.c - a notifier that is removed where its removal waits for the remover.
 *
 * mmu_notifier_unregister() and its kin return when no callback runs any more. In a callback, that is never.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct callback *cb = callback_around(f->ctx);

	(void)ev;
	if (cb && cb->awaited)
		callback_report_sleep(f, w, MESSAGE_REMOVED_INSIDE);
}

const struct rule rule_REMOVAL_DEADLOCK = { SEES(REMOVES), 0, at_event, NULL, NULL, NULL };
