// SPDX-License-Identifier: GPL-2.0-only
/*
 * start_ignored.c - a start that can fail: what must not follow a failure.
 *
 * After a failed start no region is open: code that goes on changes entries without a
 * notification, and ends a region that was not started. The failing half of the call is a state of its own
 * (effects.c splits it by the result) that remembers the range in ITEM_FAILED until
 * another region starts, the range is initialised anew, or the function returns.
 */
#include "judging.h"

/* an entry is changed in a region that was not started: reported here, or before */
static void judge_change(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *failed = failed_start(&w->prop, NULL);

	if (!failed || prop_region_open(&w->prop))
		return;
	if (!(failed->flags & REGION_QUIET))
		judge_report(f, w, MESSAGE_CHANGED_FAILED, failed_function(w, failed), NULL);
	failed->flags |= REGION_QUIET;
	ev->quiet = true;
}

static void judge_end(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *failed = failed_start(&w->prop, &ev->range);

	if (ev->end == END_OF_FAILED && !(failed->flags & REGION_QUIET))
		judge_report(f, w, MESSAGE_ENDED_FAILED, range_name(f, ev->effect),
			     failed_function(w, failed));
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (ev->effect->kind == EFFECT_CHANGE)
		judge_change(f, w, ev);
	else if (ev->effect->kind == EFFECT_END)
		judge_end(f, w, ev);
	else if (!is_api(f) && !result_is_used(f))
		judge_report(f, w, MESSAGE_START_IGNORED, f->at->name, NULL);
}

const struct rule rule_START_IGNORED = {
	SEES(FAIL) | SEES(END) | SEES(CHANGE), 0, at_event, NULL, NULL, NULL
};
