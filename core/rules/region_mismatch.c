// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_mismatch.c - an end or a notification with another mm or range than its region; a
 * region that is smaller than an entry changed in it, does not cover the address of one, or is
 * not widened for a page table that is unshared.
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
			     size_text(w, region));
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
		judge_report(f, w, MESSAGE_PAGE_FOR_HUGE, f->at->name,
			     size_text(w, &ev->range));
}

/* ------------------------------------------------------------------ */
/* the address of an entry that is changed                             */

/* a value lies between @lo and @hi behind @base; rounding down takes something away */
struct reach {
	sym_t base;
	int64_t lo, hi;
};

static struct reach reach_of(const struct engine *eng, sym_t s)
{
	struct reach r = { s, 0, 0 };
	const struct sym *x;
	int64_t k, mask;

	for (;;) {
		r.base = sym_linear(eng, r.base, &k);
		r.lo += k;
		r.hi += k;
		x = sym(eng, r.base);
		if (x->op != MN_AND || !sym_const_value(eng, x->b, &mask) || mask >= 0 ||
		    (mask & -mask) != -mask)
			return r;
		r.lo += mask + 1;
		r.base = x->a;
	}
}

/* what @a - @b can be, if that is known; the same rounding of the same value takes the same away */
static bool distance(const struct engine *eng, sym_t a, sym_t b, int64_t *lo, int64_t *hi)
{
	int64_t ka, kb;
	struct reach ra, rb;

	if (!a || !b)
		return false;
	if (sym_linear(eng, a, &ka) == sym_linear(eng, b, &kb)) {
		*lo = *hi = ka - kb;
		return true;
	}
	ra = reach_of(eng, a);
	rb = reach_of(eng, b);
	*lo = ra.lo - rb.hi;
	*hi = ra.hi - rb.lo;
	return ra.base == rb.base;
}

static bool may_cover(const struct work *w, const struct item *region, sym_t address)
{
	int64_t lo, hi;

	return !(distance(w->eng, address, region->c, &lo, &hi) && hi < 0) &&
	       !(distance(w->eng, address, region->d, &lo, &hi) && lo >= 0);
}

/* a larger entry covers addresses on both sides of the one that is named */
static void judge_change(const struct frame *f, struct work *w, const struct event *ev)
{
	struct item *region = NULL;

	if (!ev->address || ev->taken == ENTRY_NONE || ev->effect->level != LEVEL_PTE)
		return;
	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (x->kind != ITEM_REGION)
			continue;
		if (x->flags & (REGION_QUIET | REGION_LENT) || may_cover(w, x, ev->address))
			return;
		region = x;
	}
	if (!region)
		return;
	judge_report(f, w, MESSAGE_ENTRY_NOT_COVERED, region_name(w, region), NULL);
	region->flags |= REGION_QUIET;
}

/* ------------------------------------------------------------------ */
/* page tables that are shared                                         */

/* an unshared page table takes the entries around the one that is named with it */
static void judge_unshares(const struct frame *f, struct work *w)
{
	struct item *region = latest(w, ITEM_REGION, NULL, false);
	const struct step *s = region ? start_of(w->trail, region) : NULL;
	struct frame at = *f;

	if (!s || region->flags & (REGION_QUIET | REGION_LENT) ||
	    !(region->flags & REGION_AS_PASSED))
		return;
	at.func = unit_func(f->eng->unit, s->func);
	finding_make(&at, w, s->loc, MESSAGE_NOT_WIDENED, region_name(w, region), f->at->name);
	region->flags |= REGION_QUIET;
}

/* .. and so the CPUs' TLBs are flushed of all that the region covers */
static void judge_flush(const struct frame *f, struct work *w, const struct event *ev)
{
	struct item *region = latest(w, ITEM_REGION, NULL, false);
	const struct item *range = &ev->range;

	if (!region || !(region->flags & REGION_UNSHARED) ||
	    region->flags & (REGION_QUIET | REGION_LENT) || !range->c || !range->d ||
	    !is_as_passed(f, range->c) || !is_as_passed(f, range->d))
		return;
	judge_report(f, w, MESSAGE_FLUSH_NARROW, f->at->name, region_name(w, region));
	region->flags |= REGION_QUIET;
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	switch (ev->effect->kind) {
	case EFFECT_END:
		judge_end(f, w, ev);
		break;
	case EFFECT_CHANGE:
		judge_change(f, w, ev);
		break;
	case EFFECT_UNSHARES:
		judge_unshares(f, w);
		break;
	case EFFECT_FLUSHES:
		judge_flush(f, w, ev);
		break;
	default:		/* NOTIFY */
		judge_notify(f, w, ev);
		break;
	}
}

const struct rule rule_REGION_MISMATCH = {
	SEES(END) | SEES(NOTIFY) | SEES(CHANGE) | SEES(UNSHARES) | SEES(FLUSHES), 0, at_event, NULL, NULL, NULL
};
