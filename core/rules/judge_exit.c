// SPDX-License-Identifier: GPL-2.0-only
/*
 * judge_exit.c - regions that are open when a function returns to nobody we see.
 *
 * A function may begin a region for its caller to end; what tells that from a forgotten
 * end is the shape of all its exits together, so they are judged when
 * simulation is over. A region in a structure of the function's own is for nobody.
 */
#include <string.h>

#include "rules.h"

/*
 * A function may begin a region for its caller, if it leaves it open wherever
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

/* the return that should have come behind an end: in the function that began, if it ends too */
static const struct step *guilty_return(const struct engine *eng,
					const struct outcome *x,
					const struct item *region)
{
	const struct step *begin = begin_of(x->trail, region);
	const struct step *left = begin ? step_return(x->trail, begin->func) : NULL;
	const struct mn_func *func = left ? unit_func(eng->unit, left->func) : NULL;

	return func && ends_elsewhere(func) ? left : NULL;
}

static void judge_exit(struct engine *eng, struct context_run *ctx,
		       const struct outcome *x, const struct item *region)
{
	const struct step *left = guilty_return(eng, x, region);
	struct mn_insn returning;
	struct work *w;
	struct frame f;

	memset(&returning, 0, sizeof(returning));
	returning.op = MN_RETURN;
	returning.loc = left ? left->loc : x->loc;
	f.eng = eng;
	f.ctx = ctx;
	f.func = left ? unit_func(eng->unit, left->func) : ctx->run->func;
	f.state = NULL;
	f.block = f.insn = 0;
	f.at = &returning;
	w = work_new(eng);
	work_load(w, x->prop, x->exec, x->trail);
	judge_report(&f, w, MESSAGE_OPEN_AT_RETURN, region_name(w, region), NULL);
	work_free(w);
}

/* "begun again while it is open" was said of it: the same mistake */
static bool was_begun_again(const struct engine *eng, const struct step *trail,
			    const struct item *region)
{
	const struct step *s = begin_of(trail, region);

	for (int i = 0; s && i < eng->judged.n; i++)
		if (eng->judged.v[i].rule == MN_RULE_REGION_BALANCE &&
		    eng->judged.v[i].loc.line == s->loc.line &&
		    eng->judged.v[i].loc.col == s->loc.col)
			return true;
	return false;
}

/*
 * Nobody can end a region whose structure goes from the stack: told at once, and
 * forgotten, since a caller that carried it on would be told for it.
 */
void judge_own_regions(const struct frame *f, struct work *w, const struct mn_loc *loc)
{
	struct mn_insn returning = *f->at;
	struct frame at = *f;

	returning.loc = *loc;
	at.at = &returning;
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *region = &w->prop.items[i];

		if (region->kind != ITEM_REGION || !region->a ||
		    sym(f->eng, sym_base(f->eng, region->a))->kind != SYM_LOCAL)
			continue;
		if (!(region->flags & REGION_QUIET) &&
		    !was_begun_again(f->eng, w->trail, region))
			judge_report(&at, w, MESSAGE_OPEN_AT_RETURN,
				     region_name(w, region), NULL);
		prop_remove(&w->prop, region);
	}
}

void judge_exits(struct engine *eng, struct context_run *ctx)
{
	if (ctx->may_leave_region || ctx->run->given_up ||
	    contract_query(eng->contract, ctx->run->func->name,
			   eng->unit->kernels))
		return;
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];
		const struct item *region = prop_region_open(x->prop);

		if (region && !(region->flags & REGION_QUIET) &&
		    !was_begun_again(eng, x->trail, region) &&
		    !is_for_caller(ctx, region))
			judge_exit(eng, ctx, x, region);
	}
}
