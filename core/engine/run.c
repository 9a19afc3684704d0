// SPDX-License-Identifier: GPL-2.0-only
/*
 * run.c - what the simulation needs to know of a function before any state.
 *
 * Which values are the same on every path, which blocks may be executed more than once (there,
 * what was born is renamed before it is born again) and in what turn, where ways join, and which blocks only return
 * (states do not merge there, so that a result and what goes with it stay together). What is used where
 * is live.c's. Blocks have their order from mn_validate().
 */
#include "engine.h"

/* no statement of its own: moves, and what the ends of scopes behind a "return" do */
static bool is_implied(const struct mn_insn *insn)
{
	return insn->op == MN_PHI || insn->op == MN_COPY || insn->op == MN_LOAD ||
	       (insn->op == MN_CALL && insn->imm & MN_CALL_SCOPE);
}

static bool only_implied(const struct block *b)
{
	for (int i = 0; i < b->insns.n - 1; i++)
		if (!is_implied(&b->insns.v[i]))
			return false;
	return true;
}

/* without optimisation, variables end their life in a block in front of the one that returns */
static void mark_returns(struct run *run, const int *by_order, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

		run->returning[by_order[i]] = only_implied(b) && (last->op == MN_RETURN ||
			(last->op == MN_GOTO && run->returning[last->succ[0].block]));
	}
}

/* a branch backwards: all blocks between its ends may run again */
static void mark_loops(struct run *run, const int *by_order, int n)
{
	int first = n;		/* block that one from here on goes to */

	for (int i = n - 1; i >= 0; i--) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

		for (int k = 0; k < last->nsucc; k++) {
			int to = run->func->blocks.v[last->succ[k].block].order;

			first = to < first ? to : first;
		}
		run->looping[by_order[i]] = first <= i;
	}
}

/* by order, of a head: the last block of its loop; of another block: itself */
static int *find_lasts(struct engine *eng, const struct run *run, const int *by_order, int n)
{
	int *last = arena_new_array(eng->arena, int, n);

	for (int i = 0; i < n; i++) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		const struct mn_insn *end = &b->insns.v[b->insns.n - 1];

		last[i] = i > last[i] ? i : last[i];
		for (int k = 0; k < end->nsucc; k++) {
			int to = run->func->blocks.v[end->succ[k].block].order;

			if (to <= i)
				last[to] = i;
		}
	}
	/* a loop holds those that start in it */
	for (int i = n - 1; i >= 0; i--)
		for (int k = i + 1; k <= last[i]; k = last[k] + 1)
			last[i] = last[k] > last[i] ? last[k] : last[i];
	return last;
}

/*
 * A head takes its turn behind the rest of its loop: all that came back from one round goes into the next
 * one together. So a loop comes to rest in fewer rounds.
 */
static void mark_turns(struct engine *eng, struct run *run, const int *by_order, int n)
{
	const int *last = find_lasts(eng, run, by_order, n);
	int *open = arena_new_array(eng->arena, int, n), nopen = 0, turn = 0;

	for (int i = 0; i < n; i++) {
		open[nopen++] = i;
		while (nopen && last[open[nopen - 1]] <= i)
			run->turn[by_order[open[--nopen]]] = turn++;
	}
}

static void mark_joins(struct engine *eng, struct run *run, const int *by_order,
		       int n)
{
	int *entered = arena_new_array(eng->arena, int, run->func->blocks.n);

	for (int i = 0; i < n; i++) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

		for (int k = 0; k < last->nsucc; k++)
			entered[last->succ[k].block]++;
	}
	for (int i = 0; i < run->func->blocks.n; i++)
		run->joining[i] = i == 0 || entered[i] > 1;
}

static sym_t fixed_value(struct engine *eng, const struct run *run, const struct mn_insn *insn)
{
	switch (insn->op) {
	case MN_CONST:
		return sym_const(eng, insn->imm);
	case MN_LOCAL:
		return sym_named(eng, SYM_LOCAL, insn->name);
	case MN_GLOBAL:
		return sym_named(eng, SYM_GLOBAL, insn->name);
	case MN_FUNC:
		return sym_named(eng, SYM_FUNC, insn->name);
	case MN_ADDR:
		return run->fixed[insn->a] ? address_of_part(eng, run->fixed[insn->a], insn) : SYM_NONE;
	default:
		return SYM_NONE;
	}
}

/* constants and addresses of objects, which no state has to carry along */
static void find_fixed(struct engine *eng, struct run *run)
{
	run->fixed = arena_new_array(eng->arena, sym_t, run->func->values.n);
	for (int i = 0; i < run->func->blocks.n; i++) {
		const struct block *b = &run->func->blocks.v[i];

		for (int k = 0; k < b->insns.n; k++)
			run->fixed[b->insns.v[k].dst] = fixed_value(eng, run, &b->insns.v[k]);
	}
	run->fixed[0] = SYM_NONE;
}

static bool is_result(const struct run *run, mn_val v)
{
	return run->results[v / 32] >> v % 32 & 1;
}

static bool add_result(struct run *run, mn_val v)
{
	if (!v || is_result(run, v))
		return false;
	run->results[v / 32] |= 1u << v % 32;
	return true;
}

/* true: a value was added */
static bool hand_on(struct run *run, const struct mn_insn *insn)
{
	bool added = false;

	if (insn->op == MN_RETURN)
		return add_result(run, insn->a);
	if (insn->op == MN_COPY && is_result(run, insn->dst))
		return add_result(run, insn->a);
	for (int i = 0; insn->op == MN_PHI && is_result(run, insn->dst) && i < insn->nargs; i++)
		added |= add_result(run, insn->args[i]);
	return added;
}

/* backwards from the returns, through what only hands a value on */
static void find_results(struct run *run)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (int i = 0; i < run->func->blocks.n; i++) {
			const struct block *b = &run->func->blocks.v[i];

			for (int k = b->insns.n - 1; k >= 0; k--)
				changed |= hand_on(run, &b->insns.v[k]);
		}
	}
}

/* what a site has no bits for, and values whose live ranges, with what live.c counts behind them, may take LIVE_WORDS */
#define LIVE_WORDS	(1 << 26)

static bool too_large(const struct run *run)
{
	const struct mn_func *func = run->func;

	if (run->number >> SITE_RUN_BITS || (uint64_t)func->blocks.n >= EXIT_BLOCK ||
	    (uint64_t)func->blocks.n * (3 * (uint64_t)func->values.n / 32 + 1) >= LIVE_WORDS)
		return true;
	for (int i = 0; i < func->blocks.n; i++)
		if (func->blocks.v[i].insns.n >> SITE_INSN_BITS)
			return true;
	return false;
}

struct run *run_of(struct engine *eng, struct mn_func *func)
{
	int nblocks = func->blocks.n, n = 0;
	struct run *run = func->run;
	int *by_order;

	if (run)
		return run;
	run = (struct run *)arena_alloc(eng->arena, sizeof(*run));
	func->run = run;
	run->func = func;
	run->number = ++eng->nruns;
	if (too_large(run)) {
		give_up(eng, run, "too many blocks, instructions or values");
		return run;
	}
	run->results = arena_new_array(eng->arena, uint32_t, func->values.n / 32 + 1);
	run->looping = arena_new_array(eng->arena, bool, nblocks);
	run->returning = arena_new_array(eng->arena, bool, nblocks);
	run->turn = arena_new_array(eng->arena, int, nblocks);
	run->joining = arena_new_array(eng->arena, bool, nblocks);
	by_order = arena_new_array(eng->arena, int, nblocks);
	for (int i = 0; i < nblocks; i++) {
		const struct block *b = &func->blocks.v[i];

		if (b->order >= 0) {
			by_order[b->order] = i;
			n++;
		}
	}
	mark_returns(run, by_order, n);
	mark_loops(run, by_order, n);
	mark_turns(eng, run, by_order, n);
	mark_joins(eng, run, by_order, n);
	find_results(run);
	find_fixed(eng, run);
	find_live(eng, run, by_order, n);
	if (eng->options.context && is_drawn(func))
		run->lines = lines_of(eng, run, by_order, n);
	eng->unit->stats.simulated++;
	return run;
}
