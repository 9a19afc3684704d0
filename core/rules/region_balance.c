// SPDX-License-Identifier: GPL-2.0-only
/*
 * region_balance.c - regions that are started again, ended without a start, or open at a return.
 *
 * A function may start a region for its caller to end; what tells that from a forgotten
 * end is the shape of all its exits together, so they are checked when
 * simulation is over. A caller cannot end a region in a structure of the function's own.
 */
#include <string.h>

#include "judging.h"

/* ------------------------------------------------------------------ */
/* starts and ends                                                     */

static void judge_end(const struct frame *f, struct work *w, const struct event *ev)
{
	if (ev->end == END_OF_ENDED)
		judge_report(f, w, MESSAGE_ENDED_TWICE, range_name(f, ev->effect), NULL);
	/* another structure is another mistake, as are bounds that cannot be the same */
	if (ev->end != END_OF_NOTHING ||
	    (!ev->range.a && is_quiet(w, MN_RULE_REGION_BALANCE) &&
	     latest(w, ITEM_ENDED, &ev->range, false)))
		return;
	judge_report(f, w, MESSAGE_ENDS_NOTHING, f->at->name, NULL);
	if (!ev->range.a)
		be_quiet(w, MN_RULE_REGION_BALANCE);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (ev->effect->kind == EFFECT_END) {
		judge_end(f, w, ev);
	} else if (ev->region && ev->region->flags & REGION_LENT) {
		unseen_silences(f, w, MN_RULE_REGION_BALANCE, UNSEEN_RANGE);
	} else if (ev->region) {
		judge_report(f, w, MESSAGE_STARTED_AGAIN, region_name(w, ev->region), NULL);
		ev->quiet = true;
	}
}

/* ------------------------------------------------------------------ */
/* returns                                                             */

/* it may have been ended by a function that is not seen */
static bool is_lent(const struct frame *f, const struct work *w, const struct item *region)
{
	return region->flags & REGION_LENT &&
	       unseen_silences(f, w, MN_RULE_REGION_BALANCE, UNSEEN_RANGE);
}

static bool is_told_at(const struct engine *eng, const struct mn_loc *start)
{
	for (int i = 0; i < eng->judged.n; i++)
		if (eng->judged.v[i].rule == MN_RULE_REGION_BALANCE &&
		    same_place(&eng->judged.v[i].loc, start))
			return true;
	return false;
}

/* the branches on the way back from an exit: @after the start, until it is found */
struct rounds {
	const struct engine *eng;
	const struct step *start;
	MN_VEC(const struct step *) after;	/* .. one of each place */
	bool found, any;		/* .. one of them is on both sides of it */
};

static bool is_walk(const struct engine *eng, const char *name)
{
	return name && contract_walk(eng->contract, name, -1, eng->unit->kernels, 0);
}

static bool starts_in(const struct step *trail, const struct step *start)
{
	for (; trail; trail = trail->prev)
		if ((trail->kind == STEP_START && same_place(&trail->loc, &start->loc)) ||
		    starts_in(trail->inner, start))
			return true;
	return false;
}

static bool is_after(const struct rounds *r, const struct step *branch)
{
	for (int i = 0; i < r->after.n; i++)
		if (r->after.v[i]->func == branch->func && same_place(&r->after.v[i]->loc, &branch->loc))
			return true;
	return false;
}

static void look_back(struct rounds *r, const struct step *trail)
{
	for (; trail && !r->any; trail = trail->prev) {
		r->found |= trail == r->start;
		if (trail->inner)
			look_back(r, trail->inner);
		/* a walk is a loop that nobody sees */
		r->any |= is_walk(r->eng, trail->name) && starts_in(trail->inner, r->start);
		if (trail->kind != STEP_TRUE && trail->kind != STEP_FALSE)
			continue;
		if (is_after(r, trail))
			r->any |= r->found;
		else if (!r->found)
			*vec_push(r->eng->arena, &r->after) = trail;
	}
}

/* a loop has gone round with the region open */
static bool goes_round(const struct engine *eng, const struct step *trail, const struct step *start)
{
	struct rounds r;

	memset(&r, 0, sizeof(r));
	r.eng = eng;
	r.start = start;
	look_back(&r, trail);
	return r.any;
}

/* "started again while it is open" was said of the round that left it open: the same mistake */
static bool was_told(const struct engine *eng, const struct step *trail,
			    const struct item *region)
{
	const struct step *s = start_of(trail, region);

	return s && is_told_at(eng, &s->loc) && goes_round(eng, trail, s);
}

/* what was locked inside it, and is still held, is of the same wrong way out: nothing more is said of that */
static void quiet_inside(struct work *w, const struct item *region)
{
	const struct step *start = start_of(w->trail, region);

	/* a lock that is held is what one step is about: that it was taken */
	for (const struct step *s = w->trail; start && s && s != start; s = s->prev)
		for (int i = 0; i < w->prop.n; i++)
			if (w->prop.items[i].kind == ITEM_LOCK && w->prop.items[i].a == s->subject)
				w->prop.items[i].site = 1;
}

/* no caller can end a region whose structure leaves the stack: reported at once */
static void at_return(const struct frame *f, struct work *w, sym_t result,
		      struct mn_loc loc)
{
	(void)result;
	for (int i = w->prop.n - 1; i >= 0; i--) {
		const struct item *region = &w->prop.items[i];

		if (region->kind != ITEM_REGION || !item_is_own(f->eng, region) ||
		    region->flags & REGION_QUIET || is_lent(f, w, region) ||
		    was_told(f->eng, w->trail, region))
			continue;
		finding_make(f, w, loc, MESSAGE_OPEN_AT_RETURN, region_name(w, region), NULL);
		quiet_inside(w, region);
	}
}

/*
 * A function may start a region for its caller, if it leaves it open wherever
 * it succeeds and only there: result 0 with errors elsewhere, or true with false.
 */
static bool opens_on_success(const struct context_run *ctx,
			     enum result_class success,
			     enum result_class failure)
{
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];
		bool open = prop_region_open(x->prop) != NULL;

		if (open ? x->result != success : x->result == success ||
		    (failure != RESULT_ANY && x->result != failure))
			return false;
	}
	return true;
}

static bool opens_always(const struct context_run *ctx)
{
	for (int i = 0; i < ctx->exits.n; i++)
		if (!prop_region_open(ctx->exits.v[i].prop))
			return false;
	return true;
}

static bool is_for_caller(const struct context_run *ctx, const struct item *region)
{
	if (region->flags & REGION_USED)
		return false;
	return opens_always(ctx) ||
	       opens_on_success(ctx, RESULT_ZERO, RESULT_ANY) ||
	       opens_on_success(ctx, RESULT_NONZERO, RESULT_ZERO);
}

/*
 * Is an exit without a region one that may succeed, and is that not known since states merged? Then the shape is not
 * known either: confirm.c looks closer.
 */
static bool is_unsure(const struct engine *eng, const struct context_run *ctx)
{
	for (int i = 0; i < ctx->exits.n; i++)
		if (!prop_region_open(ctx->exits.v[i].prop) && ctx->exits.v[i].result == RESULT_ANY)
			return !eng->options.no_merge;
	return false;
}

/* does @func end its region on some other return? */
static bool ends_elsewhere(const struct mn_func *func)
{
	for (int c = 0; func->run && c < func->run->contexts.n; c++) {
		const struct context_run *ctx = func->run->contexts.v[c];

		for (int i = 0; i < ctx->exits.n; i++)
			if (!prop_region_open(ctx->exits.v[i].prop))
				return true;
	}
	return false;
}

/* the return that should have come behind an end: in the function that started it, if it ends too */
static const struct step *guilty_return(const struct engine *eng,
					const struct outcome *x,
					const struct item *region)
{
	const struct step *start = start_of(x->trail, region);
	const struct step *left = start ? step_return(x->trail, start) : NULL;
	const struct mn_func *func = left ? unit_func(eng->unit, left->func) : NULL;

	return func && ends_elsewhere(func) ? left : NULL;
}

static void judge_exit(struct engine *eng, struct context_run *ctx,
		       const struct outcome *x, const struct item *region, unsigned int lost)
{
	const struct step *left = guilty_return(eng, x, region);
	struct work *w = work_new(eng);
	struct frame f;

	memset(&f, 0, sizeof(f));
	f.eng = eng;
	f.ctx = ctx;
	f.func = left ? unit_func(eng->unit, left->func) : ctx->run->func;
	work_load(w, x->prop, x->exec, x->trail, x->lost | lost, NULL);
	if (!is_lent(&f, w, region))
		finding_make(&f, w, left ? left->loc : x->loc, MESSAGE_OPEN_AT_RETURN,
			     region_name(w, region), NULL);
	work_free(w);
}

/* "started again" was said of a round that left it open: what comes of that behind the loop is the same mistake */
static void take_back_rounds(struct engine *eng, const struct context_run *ctx)
{
	for (int i = eng->judged.n - 1; i >= 0; i--) {
		const struct judged *j = &eng->judged.v[i];
		const struct step *start = j->ctx == ctx && j->message == MESSAGE_OPEN_AT_RETURN ?
					   step_last(j->trail, STEP_START) : NULL;

		if (start && is_told_at(eng, &start->loc) && goes_round(eng, j->trail, start))
			finding_take_back(eng, i);
	}
}

static void at_exit(struct engine *eng, struct context_run *ctx)
{
	take_back_rounds(eng, ctx);
	if (ctx->may_leave_region || ctx->run->given_up ||
	    contract_query(eng->contract, ctx->run->func->name,
			   eng->unit->kernels))
		return;
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];
		const struct item *region = prop_region_open(x->prop);

		if (!region || region->flags & REGION_QUIET || was_told(eng, x->trail, region))
			continue;
		if (!is_for_caller(ctx, region))
			judge_exit(eng, ctx, x, region, 0);
		else if (is_unsure(eng, ctx))
			judge_exit(eng, ctx, x, region, LOST_APART);
	}
}

const struct rule rule_REGION_BALANCE = {
	SEES(START) | SEES(END), 0, at_event, at_return, at_exit, NULL
};
