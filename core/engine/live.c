// SPDX-License-Identifier: GPL-2.0-only
/*
 * live.c - what is still used from the beginning of a block on: values, and cells of the function's own objects.
 *
 * What is dead goes from a state, so that more states are equal. A cell of a local object is dead where it is
 * stored to, or the object is the place of a call's result, before it is loaded again. That is known of objects
 * whose address goes nowhere else. Backwards over the blocks until nothing changes.
 */
#include <stdlib.h>

#include "engine.h"

/* by value, and behind them by place twice: the cell there, and what the object holds besides its cells */
struct uses {
	struct run *run;
	uint32_t *bits;
	int *place_of;			/* of a value that is the address of one, else -1 */
	int *object_of;			/* of a place: that of its object */
	bool *escaped;			/* by place of an object */
};

static void set_bit(uint32_t *bits, int n)
{
	bits[n / 32] |= 1u << n % 32;
}

static void clear_bit(uint32_t *bits, int n)
{
	bits[n / 32] &= ~(1u << n % 32);
}

static void set_value(uint32_t *bits, mn_val v)
{
	if (v)
		set_bit(bits, (int)v);
}

static int cell_bit(const struct run *run, int place)
{
	return run->func->values.n + place;
}

static int rest_bit(const struct run *run, int place)
{
	return run->func->values.n + run->nplaces + place;
}

static uint32_t *live_at(const struct run *run, int block)
{
	return run->live + (size_t)block * (size_t)run->words;
}

/* ------------------------------------------------------------------ */
/* places                                                              */

static int by_number(const void *a, const void *b)
{
	sym_t x = *(const sym_t *)a, y = *(const sym_t *)b;

	return x < y ? -1 : x > y;
}

static bool is_local(const struct engine *eng, sym_t s)
{
	return sym(eng, sym_base(eng, s))->kind == SYM_LOCAL;
}

/* the addresses of local objects, and of what lies in them */
static void collect_places(struct engine *eng, struct run *run)
{
	int nvalues = run->func->values.n, n = 0;

	run->places = arena_new_array(eng->arena, sym_t, 2 * nvalues);
	for (int v = 1; v < nvalues; v++) {
		if (!run->fixed[v] || !is_local(eng, run->fixed[v]))
			continue;
		run->places[n++] = run->fixed[v];
		run->places[n++] = sym_base(eng, run->fixed[v]);
	}
	if (n)
		qsort(run->places, (size_t)n, sizeof(*run->places), by_number);
	for (int i = 0; i < n; i++)
		if (!run->nplaces || run->places[i] != run->places[run->nplaces - 1])
			run->places[run->nplaces++] = run->places[i];
}

static int find_place(const struct run *run, sym_t addr)
{
	const sym_t *at = run->nplaces ? (const sym_t *)bsearch(&addr, run->places, (size_t)run->nplaces,
								sizeof(addr), by_number) : NULL;

	return at ? (int)(at - run->places) : -1;
}

static void escapes(const struct uses *u, mn_val v)
{
	if (u->place_of[v] >= 0)
		u->escaped[u->object_of[u->place_of[v]]] = true;
}

static bool is_place_of_result(const struct mn_insn *insn, int arg)
{
	return (insn->op == MN_CALL || insn->op == MN_ICALL) && insn->imm & MN_CALL_PLACE &&
	       arg == insn->nargs - 1;
}

/* the address of a part is no place where its block is numbered before that of the object (run.c, find_fixed()) */
static bool keeps_place(const struct uses *u, const struct mn_insn *insn)
{
	return insn->op == MN_LOAD || insn->op == MN_STORE ||
	       (insn->op == MN_ADDR && u->place_of[insn->dst] >= 0);
}

static void see_escapes(const struct uses *u, const struct mn_insn *insn)
{
	if (!keeps_place(u, insn))
		escapes(u, insn->a);
	escapes(u, insn->b);
	for (int i = 0; i < insn->nargs; i++)
		if (!is_place_of_result(insn, i))
			escapes(u, insn->args[i]);
}

static void find_places(struct engine *eng, struct uses *u)
{
	struct run *run = u->run;
	const struct mn_func *func = run->func;

	collect_places(eng, run);
	u->place_of = arena_new_array(eng->arena, int, func->values.n);
	u->object_of = arena_new_array(eng->arena, int, run->nplaces);
	u->escaped = arena_new_array(eng->arena, bool, run->nplaces);
	for (int v = 0; v < func->values.n; v++)
		u->place_of[v] = run->fixed[v] ? find_place(run, run->fixed[v]) : -1;
	for (int i = 0; i < run->nplaces; i++)
		u->object_of[i] = find_place(run, sym_base(eng, run->places[i]));
	for (int i = 0; i < func->blocks.n; i++)
		for (int k = 0; k < func->blocks.v[i].insns.n; k++)
			see_escapes(u, &func->blocks.v[i].insns.v[k]);
}

/* ------------------------------------------------------------------ */
/* uses                                                                */

/* what @from hands to the PHIs of @to is live at the end of @from */
static void add_phi_args(const struct run *run, int from, int to, uint32_t *bits)
{
	const struct block *b = &run->func->blocks.v[to];

	for (int i = 0; i < b->insns.n && b->insns.v[i].op == MN_PHI; i++)
		for (int k = 0; k < b->npreds; k++)
			if (b->preds[k] == from)
				set_value(bits, b->insns.v[i].args[k]);
}

static void add_successors(const struct uses *u, int block)
{
	const struct run *run = u->run;
	const struct block *b = &run->func->blocks.v[block];
	const struct mn_insn *last = &b->insns.v[b->insns.n - 1];

	for (int i = 0; i < last->nsucc; i++) {
		int to = last->succ[i].block;
		const struct block *t = &run->func->blocks.v[to];
		const uint32_t *in = live_at(run, to);

		for (int k = 0; k < run->words; k++)
			u->bits[k] |= in[k];
		/* the results of PHIs live behind the join, not before it; no block ends with one */
		for (int k = 0; t->insns.v[k].op == MN_PHI; k++)
			clear_bit(u->bits, (int)t->insns.v[k].dst);
	}
	for (int i = 0; i < last->nsucc; i++)
		add_phi_args(run, block, last->succ[i].block, u->bits);
}

/* the whole object gets other contents; of a part of one nothing is known to go */
static void kill_object(const struct uses *u, int object)
{
	for (int i = 0; i < u->run->nplaces; i++)
		if (u->object_of[i] == object)
			clear_bit(u->bits, cell_bit(u->run, i));
	clear_bit(u->bits, rest_bit(u->run, object));
}

static void use_places(const struct uses *u, const struct mn_insn *insn)
{
	int at = u->place_of[insn->a];

	if (insn->op == MN_STORE && at >= 0) {
		clear_bit(u->bits, cell_bit(u->run, at));
	} else if (insn->op == MN_LOAD && at >= 0) {
		set_bit(u->bits, cell_bit(u->run, at));
		set_bit(u->bits, rest_bit(u->run, u->object_of[at]));
	} else if (insn->nargs && is_place_of_result(insn, insn->nargs - 1)) {
		at = u->place_of[insn->args[insn->nargs - 1]];
		if (at >= 0)
			kill_object(u, at);
	}
}

static bool update_block(const struct uses *u, int block)
{
	const struct run *run = u->run;
	const struct block *b = &run->func->blocks.v[block];
	uint32_t *in = live_at(run, block);
	bool changed = false;

	for (int k = 0; k < run->words; k++)
		u->bits[k] = 0;
	add_successors(u, block);
	for (int i = b->insns.n - 1; i >= 0; i--) {
		const struct mn_insn *insn = &b->insns.v[i];

		if (insn->op == MN_PHI)
			break;		/* their results are live here */
		clear_bit(u->bits, (int)insn->dst);
		use_places(u, insn);
		set_value(u->bits, insn->a);
		set_value(u->bits, insn->b);
		for (int k = 0; k < insn->nargs; k++)
			set_value(u->bits, insn->args[k]);
	}
	for (int k = 0; k < run->words; k++) {
		changed |= (u->bits[k] & ~in[k]) != 0;
		in[k] |= u->bits[k];
	}
	return changed;
}

/* nothing is asked of places that escape any more */
static void forget_escaped(const struct uses *u)
{
	for (int i = 0; i < u->run->nplaces; i++)
		if (u->escaped[u->object_of[i]])
			u->run->places[i] = SYM_NONE;
}

void find_live(struct engine *eng, struct run *run, const int *by_order, int n)
{
	struct uses u;
	bool changed = true;

	u.run = run;
	find_places(eng, &u);
	run->words = (run->func->values.n + 2 * run->nplaces) / 32 + 1;
	run->live = arena_new_array(eng->arena, uint32_t, (size_t)run->func->blocks.n * (size_t)run->words);
	u.bits = arena_new_array(eng->arena, uint32_t, run->words);
	while (changed) {
		changed = false;
		for (int i = n - 1; i >= 0; i--)
			changed |= update_block(&u, by_order[i]);
	}
	forget_escaped(&u);
}

/* ------------------------------------------------------------------ */
/* what goes                                                           */

static bool is_live(const struct run *run, int block, int bit)
{
	return live_at(run, block)[bit / 32] >> bit % 32 & 1;
}

/* is the cell, or what else is in the object, at @addr dead? Both go up, from call to call */
static bool is_dead(const struct run *run, int block, int *place, sym_t addr, bool cell)
{
	while (*place < run->nplaces && (!run->places[*place] || run->places[*place] < addr))
		++*place;
	if (*place == run->nplaces || run->places[*place] != addr)
		return false;
	return !is_live(run, block, cell ? cell_bit(run, *place) : rest_bit(run, *place));
}

struct bind *drop_cells(const struct run *run, int block, struct bind *from, struct bind *end)
{
	struct bind *to = from;
	enum space space = SPACE_ENV;
	int place = 0;

	for (struct bind *b = from; b < end; b++) {
		if (bind_space(b->key) != space) {
			space = bind_space(b->key);
			place = 0;
		}
		if (space == SPACE_FACT || !is_dead(run, block, &place, bind_id(b->key), space == SPACE_CELL))
			*to++ = *b;
	}
	return to;
}
