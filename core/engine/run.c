// SPDX-License-Identifier: GPL-2.0-only
/*
 * run.c - what the simulation needs to know of a function before any state.
 *
 * Which values are live where (dead ones are dropped from states, so that more states
 * are equal), which blocks may be executed more than once (there, what was born
 * is renamed before it is born again), where ways join, and which blocks only return
 * (states do not merge there, so that a result and what goes with it stay together).
 * Blocks have their order from mn_validate().
 */
#include "engine.h"

static void set_live(uint32_t *bits, mn_val v)
{
	if (v)
		bits[v / 32] |= 1u << v % 32;
}

static void clear_live(uint32_t *bits, mn_val v)
{
	if (v)
		bits[v / 32] &= ~(1u << v % 32);
}

static uint32_t *live_at(const struct run *run, int block)
{
	return run->live + (size_t)block * (size_t)run->words;
}

/* what @from hands to the PHIs of @to is live at the end of @from */
static void add_phi_args(const struct run *run, int from, int to, uint32_t *bits)
{
	const struct block *b = &run->func->blocks.v[to];

	for (int i = 0; i < b->insns.n && b->insns.v[i].op == MN_PHI; i++)
		for (int k = 0; k < b->npreds; k++)
			if (b->preds[k] == from)
				set_live(bits, b->insns.v[i].args[k]);
}

static void add_successors(const struct run *run, int block, uint32_t *bits)
{
	const struct block *b = &run->func->blocks.v[block];
	const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

	for (int i = 0; i < last->nsucc; i++) {
		int to = last->succ[i].block;
		const struct block *t = &run->func->blocks.v[to];
		const uint32_t *in = live_at(run, to);

		for (int k = 0; k < run->words; k++)
			bits[k] |= in[k];
		/* the results of PHIs live behind the join, not before it; no block ends with one */
		for (int k = 0; t->insns.v[k].op == MN_PHI; k++)
			clear_live(bits, t->insns.v[k].dst);
	}
	for (int i = 0; i < last->nsucc; i++)
		add_phi_args(run, block, last->succ[i].block, bits);
}

static bool update_block(struct run *run, int block, uint32_t *bits)
{
	const struct block *b = &run->func->blocks.v[block];
	uint32_t *in = live_at(run, block);
	bool changed = false;

	for (int k = 0; k < run->words; k++)
		bits[k] = 0;
	add_successors(run, block, bits);
	for (int i = b->insns.n - 1; i >= 0; i--) {
		const struct mn_insn *insn = &b->insns.v[i];

		if (insn->op == MN_PHI)
			break;		/* their results are live here */
		clear_live(bits, insn->dst);
		set_live(bits, insn->a);
		set_live(bits, insn->b);
		for (int k = 0; k < insn->nargs; k++)
			set_live(bits, insn->args[k]);
	}
	for (int k = 0; k < run->words; k++) {
		changed |= (bits[k] & ~in[k]) != 0;
		in[k] |= bits[k];
	}
	return changed;
}

static void find_live(struct engine *eng, struct run *run, const int *by_order,
		      int n)
{
	uint32_t *bits = arena_new_array(eng->arena, uint32_t, run->words);
	bool changed = true;

	while (changed) {
		changed = false;
		for (int i = n - 1; i >= 0; i--)
			changed |= update_block(run, by_order[i], bits);
	}
}

/* nothing but values move in it, up to its end */
static bool only_moves(const struct block *b)
{
	for (int i = 0; i < b->insns.n - 1; i++) {
		enum mn_op op = b->insns.v[i].op;

		if (op != MN_PHI && op != MN_COPY && op != MN_LOAD)
			return false;
	}
	return true;
}

/* without optimisation, variables end their life in a block in front of the one that returns */
static void mark_returns(struct run *run, const int *by_order, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		const struct block *b = &run->func->blocks.v[by_order[i]];
		const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

		run->returning[by_order[i]] = only_moves(b) && (last->op == MN_RETURN ||
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

static sym_t fixed_value(struct engine *eng, const struct mn_insn *insn)
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
			run->fixed[b->insns.v[k].dst] = fixed_value(eng, &b->insns.v[k]);
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
	set_live(run->results, v);
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

/* what a site has no bits for, and values whose live ranges would take LIVE_WORDS or more */
#define LIVE_WORDS	(1 << 26)

static bool too_large(const struct run *run)
{
	const struct mn_func *func = run->func;

	if (run->number >> SITE_RUN_BITS || (uint64_t)func->blocks.n >= EXIT_BLOCK ||
	    (uint64_t)func->blocks.n * (uint64_t)run->words >= LIVE_WORDS)
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
	run->words = func->values.n / 32 + 1;
	if (too_large(run)) {
		give_up(eng, run, "too many blocks, instructions or values");
		return run;
	}
	run->live = arena_new_array(eng->arena, uint32_t, (size_t)nblocks * (size_t)run->words);
	run->results = arena_new_array(eng->arena, uint32_t, run->words);
	run->looping = arena_new_array(eng->arena, bool, nblocks);
	run->returning = arena_new_array(eng->arena, bool, nblocks);
	run->joining = arena_new_array(eng->arena, bool, nblocks);
	by_order = arena_new_array(eng->arena, int, nblocks);
	for (int i = 0; i < nblocks; i++) {
		const struct block *b = &func->blocks.v[i];

		if (b->order >= 0) {
			by_order[b->order] = i;
			n++;
		}
	}
	find_live(eng, run, by_order, n);
	mark_returns(run, by_order, n);
	mark_loops(run, by_order, n);
	mark_joins(eng, run, by_order, n);
	find_results(run);
	find_fixed(eng, run);
	if (eng->options.context && is_drawn(func))
		run->lines = lines_of(eng, run, by_order, n);
	eng->unit->stats.simulated++;
	return run;
}
