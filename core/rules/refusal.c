// SPDX-License-Identifier: GPL-2.0-only
/*
 * refusal.c - what a start refuses that must not block, for callback_nonblock.c: its end may sleep for that.
 *
 * The helper of a start fails where something is in the range that it would have to wait for, and else the start keeps a lock
 * that nothing can come in under. So what the end finds, in the same helper and behind the same branch, is there because the start
 * was allowed to block. That both look at the same range is taken for granted.
 */
#include "judging.h"

/* a spinlock that the caller asserts to hold may be another kind; these are ours */
const struct item *callback_lock_kept(const struct prop *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == ITEM_SLEEPER ||
		    (p->items[i].kind == ITEM_LOCK && p->items[i].flags == LOCK_SPIN))
			return &p->items[i];
	return NULL;
}

static struct item *answer_item(struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK)
			return &w->prop.items[i];
	return NULL;
}

/* in one function: it is in one file */
static bool is_at(const struct mn_insn *insn, struct mn_loc loc)
{
	return insn->loc.line == loc.line && insn->loc.col == loc.col;
}

static const struct mn_insn *last_of(const struct mn_func *func, int block)
{
	const struct block *b = &func->blocks.v[block];

	return &b->insns.v[b->insns.n - 1];
}

/* the block of @func that calls something there, or -1 */
static int block_calling(const struct mn_func *func, struct mn_loc loc)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if ((insn->op == MN_CALL || insn->op == MN_ICALL) && is_at(insn, loc))
				return b;
		}
	return -1;
}

/* the only one that @block comes behind, or -1 */
static int before(const struct mn_func *func, int block)
{
	int found = -1, n = 0;

	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < last_of(func, b)->nsucc; i++)
			if (last_of(func, b)->succ[i].block == block) {
				found = b;
				n++;
			}
	return n == 1 ? found : -1;
}

/* the block whose branch leads to the return that is there, and nowhere else on that side; or -1 */
static int gate_of(const struct mn_func *func, struct mn_loc loc)
{
	for (int b = 0; b < func->blocks.n; b++) {
		const struct mn_insn *last = last_of(func, b);
		int gate = before(func, b);

		if ((last->op != MN_RETURN && last->op != MN_GOTO) || !is_at(last, loc))
			continue;
		while (gate >= 0 && last_of(func, gate)->op == MN_GOTO)
			gate = before(func, gate);
		return gate;
	}
	return -1;
}

void refusal_note(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	struct mn_func *start = context_root(f->ctx)->run->func;
	struct item *item = answer_item(w);
	struct refusal *refusal;

	if (!item || callback_is_atomic(item) || callback_may_block(w) != NEVER ||
	    fact_true(w, result) != ALWAYS || !callback_lock_kept(&w->prop))
		return;
	item->flags |= CALLBACK_REFUSED;
	for (int i = 0; i < start->refusals.n; i++)
		if (start->refusals.v[i].helper == f->func)
			return;
	refusal = vec_push(f->eng->arena, &start->refusals);
	refusal->helper = f->func;
	refusal->block = gate_of(f->func, loc);
}

/* the start returns that it is done */
void refusal_done(const struct frame *f, struct work *w)
{
	struct mn_func *start = f->ctx->run->func;

	start->keeps_lock |= callback_lock_kept(&w->prop) != NULL;
	start->forgives |= answer_item(w) && answer_item(w)->flags & CALLBACK_REFUSED;
}

/* does each way from the entry of @func to @block lead through the end of @gate? */
static bool is_behind(struct mn_arena *arena, const struct mn_func *func, int gate, int block)
{
	bool *seen = arena_new_array(arena, bool, func->blocks.n);
	int *stack = arena_new_array(arena, int, func->blocks.n + 1), n = 0;

	stack[n++] = 0;
	seen[0] = seen[gate] = true;
	while (n) {
		const struct block *from = &func->blocks.v[stack[--n]];
		const struct mn_insn *last = &from->insns.v[from->insns.n - 1];

		for (int i = 0; i < last->nsucc; i++)
			if (!seen[last->succ[i].block]) {
				seen[last->succ[i].block] = true;
				stack[n++] = last->succ[i].block;
			}
	}
	return !seen[block];
}

/* is the frame in a helper of @start, behind the branch where it refuses? */
static bool is_in_refused(const struct frame *f, const struct mn_func *start)
{
	const struct context_run *ctx = f->ctx;
	struct mn_loc at = f->at->loc;

	for (; ctx->caller; at = ctx->called_at, ctx = ctx->caller)
		for (int i = 0; i < start->refusals.n; i++) {
			const struct refusal *refusal = &start->refusals.v[i];
			int block = refusal->helper == ctx->run->func ? block_calling(refusal->helper, at) : -1;

			if (block >= 0 && refusal->block >= 0)
				return is_behind(f->eng->arena, refusal->helper, refusal->block, block);
		}
	return false;
}

static bool lacks(const struct mn_func *func)
{
	return func && func->run && (func->run->given_up || func->run->lacked_detail);
}

/* what it refuses, itself or in a helper, is not known */
static bool was_lost(const struct mn_unit *unit, const struct mn_func *start)
{
	bool lost = lacks(start);

	for (int i = 0; i < start->calls.n && !lost; i++)
		lost = lacks(unit_func(unit, start->calls.v[i]));
	return lost;
}

bool refusal_covers(const struct frame *f)
{
	const struct mn_func *end = context_root(f->ctx)->run->func;
	const struct mn_unit *unit = f->eng->unit;

	for (int i = 0; i < unit->tables.n; i++) {
		const struct mn_table *table = unit->tables.v[i];
		bool among = false, refused = false;

		for (int k = 0; k < table->members.n; k++) {
			const struct mn_func *start = unit_func(unit, table->members.v[k].func);

			among |= start == end;
			refused |= start && start != end && (was_lost(unit, start) ||
				   (start->keeps_lock && !start->forgives && is_in_refused(f, start)));
		}
		if (among && refused)
			return true;
	}
	return false;
}

void refusal_drop(const struct frame *f, struct work *w)
{
	struct item *item = answer_item(w);

	if (item && !(item->flags & CALLBACK_CAN_FAIL) && !refusal_covers(f))
		item->flags |= CALLBACK_DROPPED;
}
