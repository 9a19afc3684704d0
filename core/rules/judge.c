// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge.c - the events of regions: what they find wrong, and what they leave behind.
 * What is open when a function returns is judge_exit.c's.
 *
 * Each event is first judged in the state it meets, then takes effect. Nothing is concluded
 * from what is not known: a caller that this unit does not see may hold a lock
 * or have a region open, until the function itself shows otherwise; and two ranges differ
 * only if they cannot be equal (sym_differ()). After a finding the object that it
 * is about is quiet on this path: one mistake gives one report.
 */
#include <stdlib.h>
#include <string.h>

#include "rules.h"

/* a larger constant size covers a huge entry on some architecture (s390: 1 MiB) */
#define PAGE_SIZE_MAX	(64 * 1024)

/* ------------------------------------------------------------------ */
/* equal, different, or not known                                      */

/* the value of a parameter, or of memory that only one may lead to */
static bool is_stable(const struct engine *eng, sym_t s)
{
	const struct sym *x = sym(eng, s);

	if (x->kind == SYM_CONTENT)
		return !x->b && is_stable(eng, sym_base(eng, x->a));
	return x->kind == SYM_LOCAL || x->kind == SYM_GLOBAL ||
	       (x->kind == SYM_INPUT && x->flags & SYM_STABLE);
}

/* src->mm and dst->mm, or two parameters: written differently on purpose */
static bool differ_by_name(const struct engine *eng, sym_t a, sym_t b)
{
	const struct sym *x = sym(eng, a), *y = sym(eng, b);

	if (x->kind != y->kind || !is_stable(eng, a) || !is_stable(eng, b))
		return false;
	if (x->kind != SYM_CONTENT)
		return true;
	return sym_base(eng, x->a) != sym_base(eng, y->a) &&
	       sym(eng, x->a)->imm == sym(eng, y->a)->imm;
}

static bool sym_differ(const struct work *w, sym_t a, sym_t b)
{
	int64_t ka, kb;
	struct fact both;

	if (!a || !b || a == b)
		return false;
	if (!fact_meet(fact_of(w, a), fact_of(w, b), &both))
		return true;
	if (sym_linear(w->eng, a, &ka) == sym_linear(w->eng, b, &kb))
		return ka != kb;
	return differ_by_name(w->eng, a, b);
}

/* "end - start" where that is a constant, else -1 */
static int64_t constant_size(const struct work *w, const struct item *r)
{
	int64_t from, to;

	if (!r->c || !r->d || sym_linear(w->eng, r->c, &from) !=
			      sym_linear(w->eng, r->d, &to))
		return -1;
	if (sym(w->eng, r->c)->kind == SYM_CONST)
		return -1;
	return to - from;
}

static bool is_one_page(const struct work *w, const struct item *r)
{
	int64_t size = constant_size(w, r);

	return size > 0 && size <= PAGE_SIZE_MAX;
}

/* ------------------------------------------------------------------ */
/* names                                                               */

/* what the source calls the region: its range structure, else its mm */
static const char *range_name(const struct frame *f, const struct effect *e)
{
	const char *name = object_name(f, e->object.kind ? &e->object : &e->mm);

	return name ? name : "mm";
}

static void quiet(struct work *w, enum mn_rule rule)
{
	w->prop.quiet |= 1u << rule;
}

static bool is_quiet(const struct work *w, enum mn_rule rule)
{
	return w->prop.quiet & 1u << rule;
}

/* ------------------------------------------------------------------ */
/* sleeping                                                            */

static const struct item *held_lock(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_LOCK)
			return &p->items[i];
	return NULL;
}

static void report_atomic(const struct frame *f, struct work *w)
{
	static const enum message of_context[] = {
		MESSAGE_ATOMIC_RCU, MESSAGE_ATOMIC_PREEMPT, MESSAGE_ATOMIC_IRQ,
		MESSAGE_ATOMIC_BH, MESSAGE_ATOMIC_KMAP,
	};
	const struct item *lock = held_lock(&w->prop);
	enum message m = MESSAGE_ATOMIC_CALLBACK;
	const struct step *s = NULL;

	if (lock) {
		s = step_of(w->trail, STEP_LOCK, lock->a);
		if (!s)
			s = step_of(f->ctx->before, STEP_LOCK, SYM_NONE);
		m = s && s->name ? MESSAGE_ATOMIC_LOCK : MESSAGE_ATOMIC_SPINLOCK;
	}
	for (int i = CONTEXT_COUNT - 1; i >= 0 && !lock; i--)
		if (w->prop.count[i])
			m = of_context[i];
	judge_report(f, w, m, f->at->name, s ? s->name : NULL);
}

/* what forbade sleeping is quiet from here on: nothing is known of it any more */
static void forget_atomic(struct prop *p)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->items[i].kind == ITEM_LOCK)
			prop_remove(p, &p->items[i]);
	memset(p->count, 0, sizeof(p->count));
	p->ptl = p->atomic = UNKNOWN;
}

/* true: a finding was made */
static bool judge_sleep(const struct frame *f, struct work *w)
{
	if (prop_atomic(&w->prop) || w->prop.atomic == PRESENT ||
	    w->prop.ptl == PRESENT) {
		report_atomic(f, w);
		forget_atomic(&w->prop);
		return true;
	}
	learn_may_sleep(&w->prop);
	return false;
}

/* ------------------------------------------------------------------ */
/* which region                                                        */

static bool may_be_same(const struct work *w, const struct item *x,
			const struct item *y)
{
	if (x->a && y->a)
		return !sym_differ(w, x->a, y->a);
	return !sym_differ(w, x->b, y->b) && !sym_differ(w, x->c, y->c) &&
	       !sym_differ(w, x->d, y->d);
}

static struct item *latest(struct work *w, enum item_kind kind,
			   const struct item *range, bool exact)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (x->kind == kind && (!range || (exact ? same_range(x, range)
					: may_be_same(w, x, range))))
			return x;
	}
	return NULL;
}

static struct item *region_of(struct work *w, const struct item *range)
{
	struct item *r = latest(w, ITEM_REGION, range, true);

	return r ? r : latest(w, ITEM_REGION, range, false);
}

/* why @range cannot be that of @region */
static enum message mismatch_of(const struct work *w, const struct item *region,
				const struct item *range)
{
	if (sym_differ(w, region->b, range->b))
		return MESSAGE_OTHER_MM;
	if (region->c == range->d && region->d == range->c && range->c != range->d)
		return MESSAGE_RANGE_SWAPPED;
	if (region->a && range->a && region->a != range->a)
		return MESSAGE_OTHER_STRUCTURE;
	return region->a ? MESSAGE_RANGE_CHANGED : MESSAGE_OTHER_RANGE;
}

static void report_mismatch(const struct frame *f, struct work *w,
			    const struct item *region, const struct item *range)
{
	judge_report(f, w, mismatch_of(w, region, range), f->at->name,
		     region_name(w, region));
}

/* ------------------------------------------------------------------ */
/* begin                                                               */

/* nobody has written to the structure: its own function, or one that was told so */
static bool never_written(const struct frame *f, const struct work *w, sym_t range)
{
	const struct sym *x = sym(f->eng, range);

	if (x->kind != SYM_LOCAL && !(x->flags & SYM_UNTOUCHED))
		return false;
	return !work_known_object(w, range) &&
	       !prop_find((struct prop *)&w->prop, ITEM_INIT, range);
}

/*
 * The region that this one begins again: the same structure, or the same place in
 * a loop. Equal values alone say nothing: pairs nest.
 */
static struct item *begun_already(const struct frame *f, struct work *w,
				  const struct item *range)
{
	bool looping = f->ctx->run->looping[f->block];

	for (int i = 0; i < w->prop.n; i++) {
		struct item *x = &w->prop.items[i];

		if (x->kind == ITEM_REGION &&
		    ((x->a && x->a == range->a) ||
		     (x->site == range->site && (looping || same_range(x, range)))))
			return x;
	}
	return NULL;
}

static void learn_range(struct work *w, const struct item *range)
{
	struct engine *eng = w->eng;
	/*
	 * A range does not begin at 0, and without a structure is not empty: correct callers
	 * keep "was it begun?" in "start is not 0", and up to 4.20 in "end > start".
	 */
	fact_learn(w, range->a, fact_nonzero());
	if (range->c && sym(eng, range->c)->kind != SYM_CONST)
		fact_learn(w, range->c, fact_nonzero());
	if (range->d && sym(eng, range->d)->kind != SYM_CONST)
		fact_learn(w, range->d, fact_nonzero());
	if (!range->a)
		fact_learn(w, sym_op(eng, MN_ULT, range->c, range->d), fact_is(1));
}

static void open_region(const struct frame *f, struct work *w,
			const struct effect *e, const struct item *range,
			unsigned int flags)
{
	struct item *ended, *region;
	struct step *s;

	forget_failed(&w->prop, NULL);
	ended = latest(w, ITEM_ENDED, range, true);
	if (ended)
		prop_remove(&w->prop, ended);
	region = prop_add(w, ITEM_REGION, flags, range->a);
	region->b = range->b;
	region->c = range->c;
	region->d = range->d;
	region->site = range->site;
	s = step_add(w, STEP_BEGIN, f->at->loc, f->func->name, range_name(f, e));
	s->subject = range->a ? range->a : range->c;
}

void judge_begin(const struct frame *f, struct work *w, const struct effect *e,
		 const struct item *range)
{
	unsigned int flags = e->nonblock ? REGION_NONBLOCK : 0;
	struct item *again;

	if (e->kind == EFFECT_FAIL) {
		if (judge_fail(f, w, range))
			return;
		flags |= REGION_QUIET | REGION_NONBLOCK;
		open_region(f, w, e, range, flags);
		return;
	}
	if (!e->nonblock && judge_sleep(f, w))
		flags |= REGION_QUIET;
	again = begun_already(f, w, range);
	if (range->a && never_written(f, w, range->a)) {
		judge_report(f, w, MESSAGE_UNINIT, range_name(f, e), f->at->name);
		prop_add(w, ITEM_INIT, 0, range->a);
	}
	if (again) {
		judge_report(f, w, MESSAGE_BEGUN_AGAIN, region_name(w, again), NULL);
		prop_remove(&w->prop, again);
		flags |= REGION_QUIET;
	}
	if (w->prop.region == UNKNOWN)
		w->prop.region = ABSENT;
	w->prop.quiet &= ~(1u << MN_RULE_RANGE_UNPAIRED);
	open_region(f, w, e, range, flags);
	learn_range(w, range);
}

/* ------------------------------------------------------------------ */
/* end                                                                 */

static void close_region(const struct frame *f, struct work *w,
			 const struct effect *e, struct item *region)
{
	struct item was = *region, *ended;
	struct step *s;

	prop_remove(&w->prop, region);
	ended = prop_add(w, ITEM_ENDED, 0, was.a);
	ended->b = was.b;
	ended->c = was.c;
	ended->d = was.d;
	s = step_add(w, STEP_END, f->at->loc, f->func->name, range_name(f, e));
	s->subject = was.a ? was.a : was.c;
}

static void judge_huge_region(const struct frame *f, struct work *w,
			      const struct item *region)
{
	const struct step *s = begin_of(w->trail, region);

	if (region->flags & REGION_HUGE && is_one_page(w, region) && s)
		finding_make(f, w, s->loc, MESSAGE_REGION_FOR_HUGE, region_name(w, region),
			     NULL);
}

/*
 * Could a caller have begun it? Not when it lies on our own stack and nobody else was
 * given it; surely when it is a caller's. Else it is as unknown as the caller.
 */
static bool could_be_callers(const struct work *w, const struct item *range)
{
	const struct sym *x = sym(w->eng, sym_base(w->eng, range->a));

	if (!range->a)
		return w->prop.region != ABSENT;
	if (x->kind == SYM_LOCAL)
		return work_get(w, bind_key(SPACE_TAG, sym_base(w->eng, range->a)));
	/* a callback is told by the contract that there is none */
	return (x->kind == SYM_INPUT && w->prop.top) || w->prop.region != ABSENT;
}

/* an end that fits no open region */
static void judge_stray_end(const struct frame *f, struct work *w,
			    const struct effect *e, const struct item *range)
{
	struct item *other = latest(w, ITEM_REGION, NULL, false);

	if (judge_end_of_failed(f, w, range, range_name(f, e)))
		return;
	if (latest(w, ITEM_ENDED, range, true)) {
		judge_report(f, w, MESSAGE_ENDED_TWICE, range_name(f, e), NULL);
	} else if (other) {
		if (!(other->flags & REGION_QUIET))
			report_mismatch(f, w, other, range);
		close_region(f, w, e, other);
	} else if (!could_be_callers(w, range) &&
		   !is_quiet(w, MN_RULE_REGION_BALANCE)) {
		judge_report(f, w, MESSAGE_ENDS_NOTHING, f->at->name, NULL);
		quiet(w, MN_RULE_REGION_BALANCE);
	}
}

void judge_end(const struct frame *f, struct work *w, const struct effect *e,
	       const struct item *range)
{
	struct item *region = region_of(w, range);
	bool is_silent = region && region->flags & (REGION_NONBLOCK | REGION_QUIET);

	/* until one is seen to be begun, the one ended may be of the nonblocking kind */
	if (region && !is_silent && judge_sleep(f, w)) {
		region = region_of(w, range);
		region->flags |= REGION_QUIET;
	}
	if (!region) {
		struct item *ended;

		judge_stray_end(f, w, e, range);
		if (latest(w, ITEM_ENDED, range, true))
			return;
		ended = prop_add(w, ITEM_ENDED, 0, range->a);
		ended->b = range->b;
		ended->c = range->c;
		ended->d = range->d;
		return;
	}
	if (!(region->flags & REGION_QUIET) &&
	    (sym_differ(w, region->c, range->c) || sym_differ(w, region->d, range->d)))
		report_mismatch(f, w, region, range);
	judge_huge_region(f, w, region);
	close_region(f, w, e, region);
}

/* ------------------------------------------------------------------ */
/* invalidate_range and invalidate_page                                */

static void judge_notify_lock(const struct frame *f, struct work *w)
{
	const struct step *s = step_last(w->trail, STEP_UNLOCK);

	if (prop_ptl_held(&w->prop) || w->prop.ptl != ABSENT ||
	    is_quiet(w, MN_RULE_RANGE_UNLOCKED))
		return;
	judge_report(f, w, s && s->name ? MESSAGE_UNLOCKED_AFTER : MESSAGE_UNLOCKED,
		     f->at->name, s ? s->name : NULL);
	quiet(w, MN_RULE_RANGE_UNLOCKED);
}

/* does @range reach out of @region, whatever the values are? */
static bool reaches_out(const struct work *w, const struct item *region,
			const struct item *range)
{
	int64_t from, to, start, end;
	sym_t base;

	if (sym_differ(w, region->b, range->b))
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

static void judge_notify_region(const struct frame *f, struct work *w,
				const struct item *range)
{
	struct item *region = NULL;

	for (int i = w->prop.n - 1; i >= 0; i--) {
		if (w->prop.items[i].kind != ITEM_REGION)
			continue;
		region = &w->prop.items[i];
		if (!reaches_out(w, region, range))
			return;
	}
	if (region) {
		if (!(region->flags & REGION_QUIET))
			report_mismatch(f, w, region, range);
		region->flags |= REGION_QUIET;
		return;
	}
	if (w->prop.region != ABSENT || is_quiet(w, MN_RULE_RANGE_UNPAIRED))
		return;
	judge_report(f, w, latest(w, ITEM_ENDED, NULL, false) ? MESSAGE_UNPAIRED_AFTER :
		     MESSAGE_UNPAIRED, f->at->name, NULL);
	quiet(w, MN_RULE_RANGE_UNPAIRED);
}

void judge_notify(const struct frame *f, struct work *w, const struct item *range)
{
	struct item *level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);

	judge_notify_lock(f, w);
	judge_notify_region(f, w, range);
	if (level && level->flags > LEVEL_PTE && is_one_page(w, range))
		judge_report(f, w, MESSAGE_PAGE_FOR_HUGE, f->at->name, NULL);
	level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);
	if (level)
		prop_remove(&w->prop, level);
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_REGION)
			w->prop.items[i].flags |= REGION_USED;
}

/* one finding a place; what it says of the context is put together at the end */
void judge_page(const struct frame *f, struct work *w)
{
	struct judged *j = finding_make(f, w, f->at->loc, MESSAGE_PAGE, f->at->name,
					NULL);
	const struct item *lock = NULL;
	const struct step *s;

	if (!j)
		return;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_LOCK &&
		    w->prop.items[i].flags != LOCK_SPIN)
			lock = &w->prop.items[i];
	s = lock ? step_of(w->trail, STEP_LOCK, lock->a) : NULL;
	if (s && s->name)
		j->lock = s->name;
	j->seen |= prop_ptl_held(&w->prop) ? SEEN_PTL :
		   w->prop.ptl == ABSENT ? SEEN_NO_PTL : SEEN_PTL_UNKNOWN;
	j->seen |= latest(w, ITEM_REGION, NULL, false) ||
		   w->prop.region == PRESENT ? SEEN_REGION :
		   w->prop.region == ABSENT ? SEEN_NO_REGION : SEEN_REGION_UNKNOWN;
}
