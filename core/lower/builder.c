// SPDX-License-Identifier: GPL-2.0-only
/*
 * builder.c - one function on its way: its instructions, and what its prologue holds.
 *
 * An adapter says what is computed, and this file puts it where it belongs: a value that is the
 * same wherever it is used goes to the prologue, once. Other instructions go to the function
 * at once, or to ssa.c where the adapter has variables. Nothing is simplified here.
 */
#include "program.h"
#include "lower.h"
#include "draft.h"

void mn_builder_start(struct mn_builder *b, struct mn_func *func, bool variables)
{
	memset(b, 0, sizeof(*b));
	b->func = func;
	b->ssa = variables ? ssa_new(func) : NULL;
	b->block = mn_builder_block(b);
	b->open = true;
}

void mn_builder_finish(struct mn_builder *b)
{
	if (b->ssa)
		ssa_finish(b->ssa);
	mn_map_free(&b->objects);
	mn_map_free(&b->constants);
	mn_map_free(&b->names);
}

int mn_builder_block(struct mn_builder *b)
{
	return b->ssa ? ssa_block(b->ssa) : mn_block(b->func);
}

int mn_builder_enter(struct mn_builder *b, int block)
{
	int before = b->block;

	b->block = block;
	b->open = true;
	return before;
}

/* ------------------------------------------------------------------ */
/* instructions                                                        */

struct mn_insn mn_insn_at(const struct mn_builder *b, enum mn_op op)
{
	struct mn_insn in;

	memset(&in, 0, sizeof(in));
	in.op = op;
	in.loc = b->loc;
	return in;
}

static void put_into(struct mn_builder *b, int block, const struct mn_insn *in)
{
	if (b->ssa)
		ssa_insn(b->ssa, block, in);
	else
		mn_emit(b->func, block, in);
}

/* the block at hand, which has no end */
static int open_block(struct mn_builder *b)
{
	if (!b->open)		/* unreachable */
		mn_builder_enter(b, mn_builder_block(b));
	return b->block;
}

void mn_put(struct mn_builder *b, const struct mn_insn *in)
{
	put_into(b, open_block(b), in);
}

static mn_val defined(struct mn_builder *b, mn_val dst)
{
	return dst ? dst : mn_value(b->func, NULL);
}

mn_val mn_put_op(struct mn_builder *b, enum mn_op op, mn_val dst, mn_val x, mn_val y)
{
	struct mn_insn in = mn_insn_at(b, op);

	in.dst = defined(b, dst);
	in.a = x;
	in.b = y;
	mn_put(b, &in);
	return in.dst;
}

mn_val mn_put_named(struct mn_builder *b, enum mn_op op, mn_val dst, const char *name,
		    const mn_val *args, int nargs)
{
	struct mn_insn in = mn_insn_at(b, op);

	in.dst = defined(b, dst);
	in.name = name;
	in.args = args;
	in.nargs = nargs;
	mn_put(b, &in);
	return in.dst;
}

mn_val mn_put_number(struct mn_builder *b, mn_val dst, int64_t value)
{
	struct mn_insn in = mn_insn_at(b, MN_CONST);

	in.dst = defined(b, dst);
	in.imm = value;
	mn_put(b, &in);
	return in.dst;
}

mn_val mn_put_unknown(struct mn_builder *b)
{
	return mn_put_op(b, MN_UNKNOWN, MN_NONE, MN_NONE, MN_NONE);
}

mn_val mn_put_part(struct mn_builder *b, mn_val dst, mn_val base, int64_t bits,
		   const char *cell)
{
	struct mn_insn in = mn_insn_at(b, MN_ADDR);

	if (!bits && !cell && !dst)
		return base;
	in.dst = defined(b, dst);
	in.a = base;
	in.imm = bits;
	in.name = cell;
	mn_put(b, &in);
	return in.dst;
}

mn_val mn_put_load(struct mn_builder *b, mn_val dst, mn_val at)
{
	return mn_put_op(b, MN_LOAD, dst, at, MN_NONE);
}

void mn_put_store(struct mn_builder *b, mn_val at, mn_val value, const char *name)
{
	struct mn_insn in = mn_insn_at(b, MN_STORE);

	in.a = at;
	in.b = value;
	in.name = name;
	mn_put(b, &in);
}

void mn_put_move(struct mn_builder *b, mn_val to, mn_val from, int64_t bits)
{
	struct mn_insn in = mn_insn_at(b, MN_MOVE);

	in.a = to;
	in.b = from;
	in.imm = bits;
	if (bits == MN_BITS_SCALAR)
		mn_put_store(b, to, mn_put_load(b, MN_NONE, from), NULL);
	else if (bits == MN_BITS_UNKNOWN)
		mn_put_store(b, to, mn_put_unknown(b), NULL);
	else
		mn_put(b, &in);
}

void mn_put_zero(struct mn_builder *b, mn_val at, int64_t bits)
{
	struct mn_insn in = mn_insn_at(b, MN_ZERO);

	in.a = at;
	in.imm = bits;
	if (bits == MN_BITS_UNKNOWN)
		mn_put_store(b, at, mn_put_unknown(b), NULL);
	else
		mn_put(b, &in);
}

bool mn_bits_add(int64_t *bits, int64_t n, int64_t size)
{
	int64_t sum;

	if (__builtin_mul_overflow(n, size, &sum) || __builtin_add_overflow(*bits, sum, &sum))
		return false;
	*bits = sum;
	return true;
}

/* ------------------------------------------------------------------ */
/* what leaves a block, and calls                                      */

void mn_put_jump(struct mn_builder *b, enum mn_op op, mn_val v, const struct mn_case *to,
		 int n)
{
	struct mn_insn in = mn_insn_at(b, op);

	in.a = v;
	in.succ = to;
	in.nsucc = n;
	mn_put(b, &in);
	b->open = false;
}

void mn_put_goto(struct mn_builder *b, int block)
{
	struct mn_case to = { block, 0, 0 };

	mn_put_jump(b, MN_GOTO, MN_NONE, &to, 1);
}

void mn_put_branch(struct mn_builder *b, mn_val v, int yes, int no)
{
	struct mn_case to[2] = { { yes, 0, 0 }, { no, 0, 0 } };

	mn_put_jump(b, MN_IF, v, to, 2);
}

int64_t mn_keeps(int i)
{
	return i < MN_ARGS_MAX ? (int64_t)1 << i : 0;
}

int64_t mn_lends(const struct mn_builder *b, int i, const char *tag)
{
	return tag && i < MN_ARGS_MAX && mn_func_knows_range(b->func, tag) ?
	       (int64_t)1 << (MN_ARGS_MAX + i) : 0;
}

void mn_put_call(struct mn_builder *b, const struct mn_call *call)
{
	struct mn_insn in = mn_insn_at(b, call->through ? MN_ICALL : MN_CALL);

	in.name = call->name;
	in.a = call->through;
	in.dst = call->dst;
	in.args = call->args;
	in.nargs = call->nargs;
	in.imm = call->sets | (call->place ? MN_CALL_PLACE : 0) | (call->scope ? MN_CALL_SCOPE : 0);
	mn_put(b, &in);
}

/* ------------------------------------------------------------------ */
/* what the prologue holds                                             */

mn_val mn_known(const struct mn_builder *b, const void *key)
{
	uint32_t known = MN_NONE;

	mn_map_get(&b->objects, mn_key(key), &known);
	return known;
}

void mn_know(struct mn_builder *b, const void *key, mn_val v)
{
	mn_map_put(&b->objects, mn_key(key), v);
}

mn_val mn_constant(struct mn_builder *b, uint64_t key, int64_t value)
{
	struct mn_insn in = mn_insn_at(b, MN_CONST);
	uint32_t known;

	if (mn_map_get(&b->constants, key, &known))
		return known;
	in.dst = mn_value(b->func, NULL);
	in.imm = value;
	put_into(b, MN_PROLOGUE, &in);
	mn_map_put(&b->constants, key, in.dst);
	return in.dst;
}

static mn_val put_object(struct mn_builder *b, enum mn_op op, const char *name,
			 const char *shown)
{
	struct mn_insn in = mn_insn_at(b, op);

	in.dst = mn_value(b->func, shown);
	in.name = name;
	put_into(b, MN_PROLOGUE, &in);
	return in.dst;
}

mn_val mn_object(struct mn_builder *b, const void *key, enum mn_op op, const char *name,
		 const char *shown)
{
	mn_val v = put_object(b, op, name, shown ?
			      arena_printf(b->func->unit->arena, "&%s", shown) : NULL);

	/* of a function, not of the file */
	if (op == MN_GLOBAL && b->func->unit->options.keep && strchr(name, '.'))
		mn_unit_static(b->func->unit, name);
	if (key)
		mn_know(b, key, v);
	return v;
}

mn_val mn_entry_value(struct mn_builder *b, const char *shown)
{
	return put_object(b, MN_UNKNOWN, NULL, shown);
}

const char *mn_unique_name(struct mn_builder *b, const char *before, const char *word)
{
	struct mn_arena *arena = b->func->unit->arena;
	uint64_t key = mn_key(arena_intern(arena, word));
	uint32_t n = 0;

	mn_map_get(&b->names, key, &n);
	mn_map_put(&b->names, key, n + 1);
	return n ? arena_printf(arena, "%s%s.%u", before, word, n + 1) :
		   arena_printf(arena, "%s%s", before, word);
}

mn_val mn_scratch(struct mn_builder *b, const char *about)
{
	return mn_object(b, NULL, MN_LOCAL, mn_unique_name(b, "result of ", about), NULL);
}

bool mn_name_value(struct mn_builder *b, mn_val v, const char *words)
{
	if (!words || *words == '-' || (*words >= '0' && *words <= '9'))
		return false;
	mn_value_name(b->func, v, words);
	return true;
}

/* ------------------------------------------------------------------ */
/* variables                                                           */

int mn_variable(struct mn_builder *b, const char *name)
{
	return ssa_variable(b->ssa, name);
}

mn_val mn_read(struct mn_builder *b, int variable)
{
	return ssa_read(b->ssa, open_block(b), variable, b->loc);
}

void mn_write(struct mn_builder *b, int variable, mn_val v)
{
	ssa_write(b->ssa, open_block(b), variable, v, b->loc);
}
