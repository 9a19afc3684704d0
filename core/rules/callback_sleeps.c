// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_sleeps.c - a call that may sleep, in a callback that is called in atomic context.
 *
 * Only the atomic context of the callback counts, not that of a lock it takes itself.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *item = callback_item(w);

	(void)ev;
	if (item && callback_is_atomic(item))
		callback_report_sleep(f, w, MESSAGE_CALLBACK_SLEEPS);
}

const struct rule rule_CALLBACK_SLEEPS = { SEES(SLEEPS), 0, at_event, NULL, NULL, NULL };
