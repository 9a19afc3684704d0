/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lower.h - what lower.c (statements, blocks), lower_call.c (calls) and value.c
 * (operands, memory) share.
 */
#ifndef LOWER_H
#define LOWER_H

#include "adapter.h"

/*
 * One function on its way. Block 0 is a prologue of our own: it holds what is the
 * same wherever it is used (constants, addresses of objects), and the stores of
 * parameters that live in memory.
 */
#define PROLOGUE 0

struct lowering {
	struct adapter *a;
	struct mn_func *func;
	struct function *fun;
	mn_val *ssa;			/* by version; MN_NONE: not met yet */
	int *block_of;			/* by index of GCC's block */
	int block;			/* where instructions go */
	location_t where;
	struct mn_loc loc;		/* of @where */
	mn_val result;			/* hidden parameter of an aggregate result */
	tree_values *fixed;	/* values of the prologue */
	tree_counts *names;	/* objects of that name so far */
};

/* value.c */
struct mn_insn insn(const struct lowering *l, enum mn_op op);
/* append @op; @dst MN_NONE: a new value is made. Return: the value defined */
mn_val emit(struct lowering *l, enum mn_op op, mn_val dst, mn_val a, mn_val b);
mn_val emit_named(struct lowering *l, enum mn_op op, mn_val dst, const char *name,
		  const mn_val *args, int nargs);
void put_insn(struct lowering *l, const struct mn_insn *in);

mn_val unknown(struct lowering *l);
mn_val constant(struct lowering *l, tree number);
mn_val number(struct lowering *l, int64_t value, mn_val dst);
mn_val ssa_value(struct lowering *l, tree ssa);
/* @ssa is defined as the value @v */
void ssa_copy(struct lowering *l, tree ssa, mn_val v);
/* any operand: what it is, or what the memory that it names holds */
mn_val operand(struct lowering *l, tree value);
mn_val address(struct lowering *l, tree ref);
mn_val address_plus(struct lowering *l, mn_val base, int64_t bits,
		    const char *cell, mn_val dst);
/* an object of the function that has no declaration: the result of a call */
mn_val scratch(struct lowering *l, tree about);
void load(struct lowering *l, mn_val dst, tree ref);
void store(struct lowering *l, mn_val at, mn_val value);
/* @lhs, if there is one, becomes @value */
void set_lhs(struct lowering *l, tree lhs, mn_val value);
/* *to = *from for a whole aggregate of @type */
void move(struct lowering *l, mn_val to, mn_val from, tree type);
void zero(struct lowering *l, mn_val at, tree type);
/* false: the initializer is too big to be worth it */
bool store_initializer(struct lowering *l, mn_val at, tree init);
/* an aggregate that is nothing but a scalar with a type of its own: pte_t */
bool is_wrapped_scalar(tree type);
/* tell what the source calls @value; false: it has no words for it */
bool name_value(struct lowering *l, mn_val v, tree value);

/* lower_call.c */
void lower_call(struct lowering *l, gimple *call);

#endif /* LOWER_H */
