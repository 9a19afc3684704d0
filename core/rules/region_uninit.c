// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_uninit.c - a start on a range that is not initialised on this path.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (never_written(f, w, ev))
		judge_report(f, w, MESSAGE_UNINIT, range_name(f, ev->effect), f->at->name);
}

const struct rule rule_REGION_UNINIT = { SEES(START), 0, at_event, NULL, NULL, NULL };
