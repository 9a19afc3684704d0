// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect_region.c - the effects on regions: start, failed start, end, notification.
 *
 * Equal values alone do not make two starts one region: pairs nest.
 */
#include <string.h>

#include "judging.h"

static void fill(struct item *to, const struct item *range)
{
	to->b = range->b;
	to->c = range->c;
	to->d = range->d;
}

void see_range(const struct frame *f, struct work *w, struct event *ev)
{
	const struct effect *e = ev->effect;
	struct item *range = &ev->range;

	range->kind = ITEM_REGION;
	range->a = object_sym(f, w, &e->object);
	range->b = object_sym(f, w, &e->mm);
	range->c = object_sym(f, w, &e->start);
	range->d = object_sym(f, w, &e->end);
	range->site = frame_site(f);
}

/* ------------------------------------------------------------------ */
/* start                                                               */

/* the same place: in another round of a loop here, or with the same bounds in another call */
static bool same_start(const struct frame *f, const struct item *x, const struct item *range)
{
	bool looping = f->ctx->run->looping[f->block] && !(x->flags & REGION_LEFT);

	return x->site == range->site && (looping || same_range(x, range));
}

/*
 * The region that this one starts again: the same structure, or where there is none the
 * same place. Equal values alone say nothing: pairs nest.
 */
static struct item *started_already(const struct frame *f, struct work *w,
				  const struct item *range)
{
	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (x->kind == ITEM_REGION &&
		    (x->a && range->a ? x->a == range->a : same_start(f, x, range)))
			return x;
	}
	return NULL;
}

void see_start(const struct frame *f, struct work *w, struct event *ev)
{
	see_range(f, w, ev);
	ev->region = started_already(f, w, &ev->range);
}

static void learn_range(struct work *w, const struct item *range)
{
	struct engine *eng = w->eng;
	/*
	 * A range has an mm, does not start at 0, and without a structure is not empty: correct callers
	 * keep "was it started?" in these, and up to 4.20 in "end > start".
	 */
	fact_learn(w, range->a, fact_nonzero());
	if (sym(eng, range->b)->kind != SYM_CONST)
		fact_learn(w, range->b, fact_nonzero());
	if (range->c && sym(eng, range->c)->kind != SYM_CONST)
		fact_learn(w, range->c, fact_nonzero());
	if (range->d && sym(eng, range->d)->kind != SYM_CONST)
		fact_learn(w, range->d, fact_nonzero());
	if (!range->a)
		fact_learn(w, sym_op(eng, MN_ULT, range->c, range->d), fact_is(1));
}

/* @range (NULL: any) is another one from here on */
static void forget_failed(struct prop *p, const struct item *range)
{
	struct item *failed;

	while ((failed = failed_start(p, range)))
		prop_remove(p, failed);
}

static void open_region(const struct frame *f, struct work *w, const struct event *ev,
			unsigned int flags)
{
	const struct item *range = &ev->range;
	struct item *ended, *region;
	struct step *s;

	if (is_as_passed(f, range->c) || is_as_passed(f, range->d))
		flags |= REGION_AS_PASSED;
	forget_failed(&w->prop, NULL);
	ended = latest(w, ITEM_ENDED, range, true);
	if (ended)
		prop_remove(&w->prop, ended);
	region = prop_add(w, ITEM_REGION, flags, range->a);
	fill(region, range);
	region->site = range->site;
	s = step_add(w, STEP_START, f->at->loc, f->func->name, range_name(f, ev->effect));
	s->subject = subject_of(range);
}

/* that it is not was reported at this start: what else starts on it is the same mistake */
static void be_initialised(const struct frame *f, struct work *w, const struct event *ev)
{
	if (never_written(f, w, ev))
		prop_add(w, ITEM_INIT, 0, ev->range.a);
}

/* what was flushed outside any region does not rely on the end of this one */
static void forget_flush(struct work *w)
{
	if (!prop_region_open(&w->prop))
		flush_told(w);
}

void apply_start(const struct frame *f, struct work *w, struct event *ev)
{
	bool nonblock = ev->effect->nonblock;

	if (!nonblock)
		learn_may_sleep(&w->prop);
	be_initialised(f, w, ev);
	forget_flush(w);
	if (ev->region)
		prop_remove(&w->prop, ev->region);
	open_region(f, w, ev, (nonblock ? REGION_NONBLOCK : 0) | (ev->quiet ? REGION_QUIET : 0));
	learn_range(w, &ev->range);
	if (w->prop.outside == OUTSIDE_DETACHED)
		w->prop.outside = OUTSIDE_CALLERS;
}

/* ------------------------------------------------------------------ */
/* the half of a start in which it failed                              */

void apply_fail(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *range = &ev->range;
	struct item *failed;
	struct step *s;

	/* the API's own inline functions hand the result on, or know that it is 0 */
	if (is_api(f))
		return;
	be_initialised(f, w, ev);
	if (!result_is_used(f)) {
		forget_flush(w);
		if (ev->region)
			prop_remove(&w->prop, ev->region);
		open_region(f, w, ev, REGION_QUIET | REGION_NONBLOCK);
		return;
	}
	forget_failed(&w->prop, range);
	failed = prop_add(w, ITEM_FAILED, 0, range->a);
	/* the structure says enough; its bounds would be others in each round of a loop */
	if (!range->a)
		fill(failed, range);
	s = step_add(w, STEP_FAIL, f->at->loc, f->func->name, f->at->name);
	s->subject = subject_of(failed);
}

/* ------------------------------------------------------------------ */
/* end                                                                 */

/*
 * Could a caller have started it? Not when it lies on our own stack and no other function was
 * given it; surely when it is a caller's. Else it is as unknown as the caller.
 */
static bool could_be_callers(const struct work *w, const struct item *range)
{
	const struct sym *x = sym(w->eng, sym_base(w->eng, range->a));
	/* that it starts regions itself does not keep it from ending one first */
	bool unknown = w->prop.region != ABSENT || w->prop.outside == OUTSIDE_UNKNOWN;

	if (!range->a)
		return unknown;
	if (x->kind == SYM_LOCAL || x->flags & SYM_KEPT)
		return work_get(w, bind_key(SPACE_TAG, sym_base(w->eng, range->a)));
	/* the contract says of a callback that there is none */
	return (x->kind == SYM_INPUT && w->prop.top) || unknown;
}

static enum end_of classify_end(struct work *w, const struct item *range)
{
	if (failed_start(&w->prop, range))
		return END_OF_FAILED;
	if (latest(w, ITEM_ENDED, range, true))
		return END_OF_ENDED;
	if (w->prop.forgot & FORGOT_REGION)
		return END_OF_CALLERS;
	if (prop_region_open(&w->prop))
		return END_OF_OTHER;
	return could_be_callers(w, range) ? END_OF_CALLERS : END_OF_NOTHING;
}

void see_end(const struct frame *f, struct work *w, struct event *ev)
{
	see_range(f, w, ev);
	ev->region = latest(w, ITEM_REGION, &ev->range, true);
	if (!ev->region)
		ev->region = latest(w, ITEM_REGION, &ev->range, false);
	ev->end = ev->region ? END_OF_REGION : classify_end(w, &ev->range);
	if (ev->end == END_OF_OTHER)
		ev->region = latest(w, ITEM_REGION, NULL, false);
}

static void close_region(const struct frame *f, struct work *w, const struct event *ev)
{
	struct item was = *ev->region, *dropped;
	struct step *s;

	prop_remove(&w->prop, ev->region);
	dropped = prop_find(&w->prop, ITEM_DROPPED, subject_of(&was));
	if (dropped)
		prop_remove(&w->prop, dropped);
	fill(prop_add(w, ITEM_ENDED, 0, was.a), &was);
	s = step_add(w, STEP_END, f->at->loc, f->func->name, range_name(f, ev->effect));
	s->subject = subject_of(&was);
}

void apply_end(const struct frame *f, struct work *w, struct event *ev)
{
	/* which tells nobody of what was changed before */
	bool nothing = ev->end == END_OF_NOTHING || ev->end == END_OF_ENDED;

	/* until one is seen to be started, the one ended may be of the nonblocking kind */
	if (ev->end == END_OF_REGION && !(ev->region->flags & REGION_NONBLOCK))
		learn_may_sleep(&w->prop);
	if (ev->end == END_OF_FAILED)
		forget_failed(&w->prop, NULL);
	if (ev->end == END_OF_REGION || ev->end == END_OF_OTHER)
		close_region(f, w, ev);
	if (ev->end != END_OF_REGION && !latest(w, ITEM_ENDED, &ev->range, true))
		fill(prop_add(w, ITEM_ENDED, 0, ev->range.a), &ev->range);
	if (!nothing && (!ev->effect->only || item_of(&w->prop, ITEM_REPLACED)))
		entry_told(w);
	/* in another region, its end does it */
	if (!ev->effect->only || !prop_region_open(&w->prop))
		flush_told(w);
}

/* ------------------------------------------------------------------ */
/* notifications, and what makes a range                               */

/* does @range reach out of @region, whatever the values are? */
static bool reaches_out(const struct work *w, const struct item *region,
			const struct item *range)
{
	int64_t from, to, start, end;
	sym_t base;

	if (mm_differ(w, region->b, range->b))
		return true;
	base = sym_linear(w->eng, range->c, &from);
	if (base && base == sym_linear(w->eng, region->c, &start) && from < start)
		return true;
	if (base && base == sym_linear(w->eng, region->d, &end) && from >= end)
		return true;
	base = sym_linear(w->eng, range->d, &to);
	return base && ((base == sym_linear(w->eng, region->d, &end) && to > end) ||
			(base == sym_linear(w->eng, region->c, &start) && to <= start));
}

void see_notify(const struct frame *f, struct work *w, struct event *ev)
{
	see_range(f, w, ev);
	for (int i = w->prop.n - 1; i >= 0 && !ev->inside; i--) {
		if (w->prop.items[i].kind != ITEM_REGION)
			continue;
		ev->region = &w->prop.items[i];
		ev->inside = !reaches_out(w, ev->region, &ev->range);
	}
}

void apply_notify(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);

	(void)ev;
	if (level)
		prop_remove(&w->prop, level);
	frame_changes(f, w);
	entry_told(w);
	flush_told(w);
}

void apply_unshares(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *region = latest(w, ITEM_REGION, NULL, false);

	(void)f;
	(void)ev;
	if (region)
		region->flags |= REGION_UNSHARED;
}

/* that it is the wrong call is one mistake, reported already */
void apply_page(const struct frame *f, struct work *w, struct event *ev)
{
	(void)f;
	(void)ev;
	entry_told(w);
}

void apply_init(const struct frame *f, struct work *w, struct event *ev)
{
	sym_t range = ev->range.a;
	struct item again;

	(void)f;
	memset(&again, 0, sizeof(again));
	again.a = range;
	fact_learn(w, range, fact_nonzero());
	forget_failed(&w->prop, &again);
	if (range && !prop_find(&w->prop, ITEM_INIT, range))
		prop_add(w, ITEM_INIT, 0, range);
}
