// SPDX-License-Identifier: GPL-2.0-only
/*
 * simulate.c - the worklist over (point, state), and which context runs next.
 *
 * A run is a function, a context is a run from one entry state, a point is a place
 * in a context where states meet. Work is taken from the context on top of the
 * stack, in the order of its blocks; a call into a context that is not done yet
 * puts that one on top and leaves a waiter behind, to which its exits are
 * delivered when it has nothing left to do. So there is no recursion, over blocks or over
 * calls, and recursive functions come to rest like loops.
 *
 * What an instruction means is transfer.c's, effects.c's and call.c's; where a state goes
 * from the end of a block is leave.c's.
 */
#include "engine.h"

/* ------------------------------------------------------------------ */
/* executing                                                           */

/* the place of an aggregate result is an argument too; most rows do not count it */
static const struct row *row_of_call(const struct frame *f)
{
	const struct mn_contract *contract = f->eng->contract;
	struct kernels kernels = f->eng->unit->kernels;
	const struct row *row = contract_row(contract, f->at->name, f->at->nargs,
					     kernels);

	if (row || !(f->at->imm & MN_CALL_PLACE))
		return row;
	return contract_row(contract, f->at->name, f->at->nargs - 1, kernels);
}

static bool is_judged(const struct engine *eng, const struct row *row)
{
	for (int i = 0; i < row->neffects; i++)
		if (eng->seen_by[row->effects[i].kind])
			return true;
	return false;
}

/* can what the functions of a walk do be a mistake here? */
static bool walk_matters(const struct prop *p)
{
	return prop_atomic(p) || prop_region_open(p) || entry_needs_region(p);
}

/*
 * What a call without a row enters. Of a linked walk the row says more than the body, which calls through
 * pointers. In all of mm/ that brings functions to their limits, and so does the body, where it is
 * not known what the pointers are: there it is followed where it matters.
 */
static struct mn_func *entered(const struct frame *f, struct work *w, struct mn_func *callee)
{
	const struct mn_unit *unit = f->eng->unit;
	struct mn_func *walk = NULL;

	if (callee && !is_driver(unit) &&
	    contract_walk(unit->contract, f->at->name, f->at->nargs, unit->kernels, 0))
		return walk_matters(&w->prop) ? walk_of(f, w) : NULL;
	if (!callee || (unit->linked && is_driver(unit)))
		walk = walk_of(f, w);
	return walk ? walk : callee;
}

static void execute_call(const struct frame *f, struct works *works)
{
	struct mn_unit *unit = f->eng->unit;
	const struct row *row = row_of_call(f);
	struct mn_func *callee = row ? NULL : unit_func(unit, f->at->name);
	struct works out;

	if (row) {
		if (works->v[0]->lost && is_judged(f->eng, row))
			lack_detail(f->eng, f->ctx->run, false);
		row_apply(f, row, works);
		return;
	}
	out.n = 0;
	for (int i = 0; i < works->n; i++) {
		struct work *w = works->v[i];
		struct mn_func *body = entered(f, w, callee);

		if (body && call_follow(f, w, body, &out)) {
			work_free(w);
			continue;
		}
		call_unknown(f, w);
		out.v[out.n++] = w;
	}
	*works = out;
}

static void add_work(const struct frame *f, struct works *to, struct work *w)
{
	if (to->n < WORKS_MAX) {
		to->v[to->n++] = w;
		return;
	}
	give_up(f->eng, f->ctx->run, "too many states at one call");
	work_free(w);
}

/* the functions that are stored in the member through which it calls, if they are few */
static int targets_of(const struct frame *f, const char *targets[])
{
	const struct mn_unit *unit = f->eng->unit;
	int n = 0;

	for (int i = 0; unit->linked && f->at->name && i < f->func->calls.n; i++) {
		const struct mn_func *to = unit_func(unit, f->func->calls.v[i]);

		if (!to || !func_is_in(to, f->at->name))
			continue;
		if (n == WORKS_MAX)
			return 0;
		targets[n++] = to->name;
	}
	return n;
}

/* .. each of them may be the one, or another that does nothing that matters */
static void execute_targets(const struct frame *f, struct work *w, struct works *out)
{
	const char *targets[WORKS_MAX];
	struct mn_insn call = *f->at;
	struct frame g = *f;
	int n = targets_of(f, targets);

	call.op = MN_CALL;
	g.at = &call;
	out->n = 0;
	for (int i = 0; i < n; i++) {
		struct works one;

		one.n = 1;
		one.v[0] = work_copy(w);
		call.name = targets[i];
		execute_call(&g, &one);
		for (int k = 0; k < one.n; k++)
			add_work(f, out, one.v[k]);
	}
	call_unknown(f, w);
	add_work(f, out, w);
}

/* a call through a pointer is a call by name where the pointer is known */
static void execute_icall(const struct frame *f, struct works *works)
{
	struct mn_insn call = *f->at;
	struct works out;
	struct frame g = *f;

	out.n = 0;
	call.op = MN_CALL;
	g.at = &call;
	for (int i = 0; i < works->n; i++) {
		struct sym callee = *sym(f->eng, work_value(works->v[i], f->at->a));
		struct works one;

		one.n = 1;
		one.v[0] = works->v[i];
		call.name = callee.name;
		if (callee.kind == SYM_FUNC)
			execute_call(&g, &one);
		else
			execute_targets(f, works->v[i], &one);
		for (int k = 0; k < one.n; k++)
			add_work(f, &out, one.v[k]);
	}
	*works = out;
}

/* may more be born at the instruction than an unknown result? */
static bool gives_birth(enum mn_op op)
{
	return op == MN_CALL || op == MN_ICALL || op == MN_MOVE || op == MN_ZERO;
}

static void execute_insn(const struct frame *f, struct works *works)
{
	for (int i = 0; gives_birth(f->at->op) && i < works->n; i++)
		frame_age(f, works->v[i]);
	if (f->at->op == MN_CALL) {
		execute_call(f, works);
		return;
	}
	if (f->at->op == MN_ICALL) {
		execute_icall(f, works);
		return;
	}
	for (int i = 0; i < works->n; i++) {
		if (op_ends_block(f->at->op))
			leave_block(f, works->v[i]);
		else
			transfer_insn(f, works->v[i]);
	}
	if (op_ends_block(f->at->op))
		works->n = 0;
}

#define TRAIL_STEPS	2048

/* what is asked of a trail takes time by its length: a loop that makes it longer in each round ends sooner */
static void count_steps(const struct frame *f, const struct work *w)
{
	struct run *run = f->ctx->run;
	unsigned int n = 1;

	if (run->looping[f->block] && w->trail)
		n += (unsigned int)w->trail->length / TRAIL_STEPS;
	run->steps += n;
	f->eng->unit->stats.steps += n;
}

/* one way through a block, and through those that can only follow it */
static void execute_block(struct frame *f, struct work *w, int block, int insn)
{
	const struct block *b = block_at(f->ctx->run, block);
	struct works works;

	f->block = block;
	works.n = 1;
	works.v[0] = w;
	for (f->insn = insn; f->insn < b->insns.n && works.n; f->insn++) {
		f->at = &b->insns.v[f->insn];
		if (f->at->op == MN_PHI)
			continue;
		if (f->ctx->lines)
			lines_see(f, &works);
		count_steps(f, works.v[0]);
		execute_insn(f, &works);
	}
}

static void execute(struct engine *eng, struct context_run *ctx, struct queued at)
{
	const struct point *p = &ctx->points.v[at.point];
	struct state *s = p->states.v[at.state];
	struct work *w = work_new(eng);
	struct frame f;

	f.eng = eng;
	f.ctx = ctx;
	f.func = ctx->run->func;
	f.state = s;
	ctx->started = true;
	s->queued = false;
	s->round++;
	work_load(w, s->prop, s->exec, s->trail, s->lost, ctx->run->fixed);
	w->leaving = s->leaving;
	execute_block(&f, w, p->block, p->insn);
	while (eng->onward.n) {
		struct onward next = eng->onward.v[--eng->onward.n];

		execute_block(&f, next.work, next.block, 0);
	}
	if (ctx->run->steps > eng->options.limit_steps)
		give_up(eng, ctx->run, "too many steps (limit-steps)");
}

void run_stack(struct engine *eng)
{
	while (eng->stack.n) {
		struct context_run *top = eng->stack.v[eng->stack.n - 1];

		if (top->heap.n) {
			execute(eng, top, heap_pop(top));
			continue;
		}
		exits_deliver(eng, top);
		/* a caller may have been put above it, or it is its own */
		if (eng->stack.v[eng->stack.n - 1] == top && !top->heap.n) {
			top->on_stack = false;
			eng->stack.n--;
		}
	}
	/* no state waits any more: each context has all of its exits */
	eng->recursive = false;
}
