// SPDX-License-Identifier: GPL-2.0-only
/*
 * range_unlocked.c - invalidate_range() where no page table lock is held.
 *
 * An unknown caller may hold one, until the code of the function shows otherwise.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct step *s = step_last(w->trail, STEP_UNLOCK);
	struct judged *j;

	(void)ev;
	if (prop_ptl_held(&w->prop) || is_quiet(w, MN_RULE_RANGE_UNLOCKED))
		return;
	/* of states that should have stayed apart one may know: that is looked at more closely */
	if (w->prop.ptl != ABSENT && !(w->lost & LOST_APART)) {
		unseen_silences(f, w, MN_RULE_RANGE_UNLOCKED, UNSEEN_LOCK);
		return;
	}
	if (s && s->name)
		j = judge_report(f, w, MESSAGE_UNLOCKED_AFTER, f->at->name, s->name);
	else
		j = judge_report(f, w, MESSAGE_UNLOCKED, f->at->name, NULL);
	if (j)
		j->shows_drop = true;
	be_quiet(w, MN_RULE_RANGE_UNLOCKED);
}

const struct rule rule_RANGE_UNLOCKED = {
	SEES(NOTIFY), SEES(LOCK) | SEES(UNLOCK) | SEES(DROP), at_event, NULL, NULL, NULL
};
