// SPDX-License-Identifier: GPL-2.0-only
/*
 * range_unpaired.c - invalidate_range() where no region is open.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *flushed = flush_untold(&w->prop);

	/* what it is for was changed by another CPU, in a region of that one's */
	if (flushed && flushed->flags & FLUSH_PENDING)
		return;
	if (ev->region || is_quiet(w, MN_RULE_RANGE_UNPAIRED))
		return;
	/* of states that should have stayed apart one may know: that is looked at more closely */
	if (w->prop.region != ABSENT && !(w->lost & LOST_APART)) {
		unseen_silences(f, w, MN_RULE_RANGE_UNPAIRED, UNSEEN_RANGE);
		return;
	}
	judge_report(f, w, latest(w, ITEM_ENDED, NULL, false) ? MESSAGE_UNPAIRED_AFTER :
		     MESSAGE_UNPAIRED, f->at->name, NULL);
	be_quiet(w, MN_RULE_RANGE_UNPAIRED);
}

const struct rule rule_RANGE_UNPAIRED = {
	SEES(NOTIFY), SEES(START), at_event, NULL, NULL, NULL
};
