// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_waits.c - waiting inside a region until no region of its mm is open.
 *
 * Who reads under a sequence number of a notifier, or removes an interval notifier, sleeps until the
 * regions that are open have ended. Inside a region that is never.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t mm;

	if (!prop_region_open(&w->prop))
		return;
	mm = object_sym(f, w, &ev->effect->object);
	/* the name of a member tells two mms of one structure apart, not a notifier's from a vma's */
	if (sym(f->eng, mm)->kind == SYM_CONTENT)
		mm = SYM_NONE;
	report_inside(f, w, MN_RULE_REGION_WAITS, MESSAGE_WAITS_FOR_ITSELF, mm);
}

const struct rule rule_REGION_WAITS = {
	SEES(AWAITS), SEES(START), at_event, NULL, NULL, NULL
};
