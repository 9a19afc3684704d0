// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_mismatch.c - an end or a notification with another mm or range than its region; and a
 * region that is smaller than an entry changed in it.
 */
#include "judging.h"

/* why @range cannot be that of @region */
static enum message mismatch_of(const struct work *w, const struct item *region,
				const struct item *range)
{
	if (mm_differ(w, region->b, range->b))
		return MESSAGE_OTHER_MM;
	if (region->c == range->d && region->d == range->c && range->c != range->d)
		return MESSAGE_RANGE_SWAPPED;
	if (range->a && region->a != range->a)
		return MESSAGE_OTHER_STRUCTURE;
	return region->a ? MESSAGE_RANGE_CHANGED : MESSAGE_OTHER_RANGE;
}

static void report_mismatch(const struct frame *f, struct work *w,
			    const struct item *region, const struct item *range)
{
	judge_report(f, w, mismatch_of(w, region, range), f->at->name,
		     region_name(w, region));
}

static void judge_end(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *region = ev->region, *range = &ev->range;
	const struct step *s;

	if (ev->end != END_OF_REGION && ev->end != END_OF_OTHER)
		return;
	if (!(region->flags & REGION_QUIET) &&
	    (ev->end == END_OF_OTHER || mm_differ(w, region->b, range->b) ||
	     sym_differ(w, region->c, range->c) || sym_differ(w, region->d, range->d)))
		report_mismatch(f, w, region, range);
	if (ev->end == END_OF_OTHER)
		return;
	s = start_of(w->trail, region);
	if (region->flags & REGION_HUGE && is_one_page(w, region) && s)
		finding_make(f, w, s->loc, MESSAGE_REGION_FOR_HUGE, region_name(w, region),
			     NULL);
}

static void judge_notify(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);

	if (ev->region && !ev->inside) {
		if (!(ev->region->flags & REGION_QUIET))
			report_mismatch(f, w, ev->region, &ev->range);
		ev->region->flags |= REGION_QUIET;
	}
	if (level && level->flags > LEVEL_PTE && is_one_page(w, &ev->range))
		judge_report(f, w, MESSAGE_PAGE_FOR_HUGE, f->at->name, NULL);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (ev->effect->kind == EFFECT_END)
		judge_end(f, w, ev);
	else
		judge_notify(f, w, ev);
}

const struct rule rule_REGION_MISMATCH = {
	SEES(END) | SEES(NOTIFY), 0, at_event, NULL, NULL, NULL
};
