// SPDX-License-Identifier: GPL-2.0-only
/*
 * bodies.c - which bodies are entered, and what of them is not seen.
 *
 * The body of a row's function is entered as if it had no row, and what it calls as ever: a row
 * answers, else the body. So rows are compared one by one, each with what the others say.
 */
#include <string.h>

#include "proving.h"

/* a function that is more calls away is not looked at: whoever allocates may come to anything */
#define PROOF_DEPTH	6

static unsigned int query(const struct mn_unit *unit, const char *name)
{
	return contract_query(unit->contract, name, unit->kernels);
}

/* what the call of @name from a body enters, or NULL */
static struct mn_func *entered(const struct mn_unit *unit, const char *name)
{
	return query(unit, name) ? NULL : unit_func(unit, name);
}

/* by function: what it, or what it calls in any number of calls, does as rows say */
static unsigned int *find_deeds(const struct mn_unit *unit, struct mn_arena *arena)
{
	unsigned int *does = arena_new_array(arena, unsigned int, unit->funcs.n);
	bool more = true;

	while (more) {
		more = false;
		for (int f = 0; f < unit->funcs.n; f++) {
			const struct mn_func *func = unit->funcs.v[f];
			unsigned int before = does[f];

			for (int i = 0; i < func->calls.n; i++) {
				const struct mn_func *callee = entered(unit, func->calls.v[i]);

				does[f] |= callee ? does[callee->index] : query(unit, func->calls.v[i]);
			}
			more |= does[f] != before;
		}
	}
	return does;
}

/* a row answers a call of it, so that a body is compared with it */
static bool has_row(const struct mn_unit *unit, const struct mn_func *func)
{
	return query(unit, func->name);
}

static bool is_small(const struct mn_func *func)
{
	return func->size <= DETAIL_BUDGET / 4;
}

static bool is_worth_entering(const unsigned int *does, const struct mn_func *func)
{
	return does[func->index] & ~CONTRACT_KNOWS || is_small(func);
}

/* breadth first, so that each is as near as can be */
static int spread(const struct mn_unit *unit, const unsigned int *does, const struct mn_func *from,
		  int *queue, int *depth)
{
	int n = 0;

	queue[n++] = from->index;
	depth[from->index] = 0;
	for (int i = 0; i < n; i++) {
		const struct mn_func *func = unit->funcs.v[queue[i]];

		for (int c = 0; c < func->calls.n && depth[queue[i]] < PROOF_DEPTH; c++) {
			const struct mn_func *callee = entered(unit, func->calls.v[c]);

			if (!callee || depth[callee->index] >= 0 || !is_worth_entering(does, callee))
				continue;
			depth[callee->index] = depth[queue[i]] + 1;
			queue[n++] = callee->index;
		}
	}
	return n;
}

/* other files call it: a unit alone does not see its body */
bool bodies_cross(const struct mn_unit *unit, const struct mn_func *func)
{
	return func->flags & MN_FUNC_EXTERNAL && !is_header(func->loc.file) && !has_row(unit, func);
}

void mn_proof_plan(struct mn_unit *whole, bool suggest)
{
	struct mn_arena *arena = arena_new();
	unsigned int *does = find_deeds(whole, arena);
	int *queue = arena_new_array(arena, int, whole->funcs.n);
	int *depth = arena_new_array(arena, int, whole->funcs.n);

	for (int f = 0; f < whole->funcs.n; f++) {
		whole->funcs.v[f]->wanted = whole->funcs.v[f]->reached = false;
		depth[f] = -1;
	}
	for (int f = 0; f < whole->funcs.n; f++) {
		const struct mn_func *func = whole->funcs.v[f];
		int n = 0;

		if (has_row(whole, func) || (suggest && bodies_cross(whole, func)))
			n = spread(whole, does, func, queue, depth);
		for (int i = 0; i < n; i++) {
			whole->funcs.v[queue[i]]->wanted = true;
			depth[queue[i]] = -1;
		}
	}
	arena_free(arena);
}

void bodies_begin(struct mn_proof *p)
{
	struct mn_arena *arena = p->unit->arena;

	p->does = find_deeds(p->unit, arena);
	p->queue = arena_new_array(arena, int, p->unit->funcs.n);
	p->depth = arena_new_array(arena, int, p->unit->funcs.n);
	for (int f = 0; f < p->unit->funcs.n; f++) {
		p->unit->funcs.v[f]->wanted = false;
		p->depth[f] = -1;
	}
}

/* in another file it takes locks and gives locks back: it leaves nothing behind */
static bool is_left_out(const struct mn_proof *p, const struct mn_func *from, const struct mn_func *func)
{
	unsigned int does = p->does[func->index];

	return does & CONTRACT_TAKES && does & CONTRACT_GIVES && func->loc.file != from->loc.file &&
	       (func->flags & MN_FUNC_EXTERNAL || !is_header(func->loc.file));
}

void bodies_enter(struct mn_proof *p, const struct mn_func *func, bool all)
{
	unsigned int regions = p->does[func->index] & CONTRACT_REGIONS;

	for (int i = 0; i < p->nqueue; i++) {
		p->unit->funcs.v[p->queue[i]]->wanted = false;
		p->depth[p->queue[i]] = -1;
	}
	p->nqueue = spread(p->unit, p->does, func, p->queue, p->depth);
	for (int i = 0; i < p->nqueue; i++) {
		struct mn_func *f = p->unit->funcs.v[p->queue[i]];
		unsigned int does = p->does[f->index];

		f->wanted = f->blocks.n && (all || !is_left_out(p, func, f));
		f->neutral = !(does & ~CONTRACT_KNOWS);
		f->judged = regions && !f->neutral;
		f->balanced = f->only_changes = f->watched = f->inside = f->copies = false;
	}
}

/* ------------------------------------------------------------------ */
/* what is not seen                                                     */

static struct opaque hidden(enum unshown why, const char *name, struct mn_loc loc)
{
	struct opaque o;

	o.why = why;
	o.name = name;
	o.loc = loc;
	return o;
}

static struct opaque hidden_by_call(const struct mn_proof *p, const struct mn_insn *insn, bool sleep)
{
	const struct mn_func *callee = entered(p->unit, insn->name);

	if (query(p->unit, insn->name))
		return hidden(UNSHOWN_NOTHING, NULL, insn->loc);
	if (!callee && !strncmp(insn->name, "__builtin_", 10))
		return hidden(UNSHOWN_NOTHING, NULL, insn->loc);
	if (!callee)
		return hidden(UNSHOWN_CALL, insn->name, insn->loc);
	if (p->depth[callee->index] < 0)
		return hidden(p->does[callee->index] & ~CONTRACT_KNOWS ? UNSHOWN_FAR :
			      sleep ? UNSHOWN_NOTHING : UNSHOWN_ASM, insn->name, insn->loc);
	if (!callee->blocks.n && !sleep)
		return hidden(UNSHOWN_ASM, insn->name, insn->loc);
	return hidden(UNSHOWN_NOTHING, NULL, insn->loc);
}

static struct opaque hidden_by(const struct mn_proof *p, const struct mn_insn *insn, bool sleep)
{
	switch (insn->op) {
	case MN_CALL:
		return hidden_by_call(p, insn, sleep);
	case MN_ICALL:
		return hidden(UNSHOWN_POINTER, insn->name, insn->loc);
	case MN_UNKNOWN:
	case MN_FORK:
	case MN_STORE:
		return hidden(sleep ? UNSHOWN_NOTHING : UNSHOWN_ASM, NULL, insn->loc);
	case MN_PURE:
		return hidden(sleep || strncmp(insn->name, "asm.", 4) ? UNSHOWN_NOTHING : UNSHOWN_ASM,
			      NULL, insn->loc);
	default:
		return hidden(UNSHOWN_NOTHING, NULL, insn->loc);
	}
}

/* what can do most comes first */
static void block_hides(const struct mn_proof *p, const struct block *block, bool sleep,
			struct opaque *found)
{
	for (int k = 0; k < block->insns.n; k++) {
		struct opaque o = hidden_by(p, &block->insns.v[k], sleep);

		if (o.why && (!found->why || o.why < found->why))
			*found = o;
	}
}

struct opaque bodies_hide(const struct mn_proof *p, bool sleep)
{
	struct opaque found = hidden(UNSHOWN_NOTHING, NULL, p->unit->funcs.v[p->queue[0]]->loc);

	for (int i = 0; i < p->nqueue; i++) {
		const struct mn_func *func = p->unit->funcs.v[p->queue[i]];

		for (int b = 0; b < func->blocks.n; b++)
			block_hides(p, &func->blocks.v[b], sleep, &found);
	}
	return found;
}
