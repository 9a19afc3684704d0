/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lower.h - what lower.c (statements, blocks), lower_call.c (calls, asm), lower_expr.c
 * (expressions) and value.c (instructions, memory) share.
 */
#ifndef LOWER_H
#define LOWER_H

#include "adapter.h"

/*
 * One function on its way. Block 0 is a prologue of our own: it holds what is the
 * same wherever it is used (constants, addresses of objects), and the stores of
 * parameters that live in memory. A scalar variable whose address nobody takes lives in
 * the draft until draft.c makes values of it, others in memory.
 */
#define PROLOGUE 0

/* two more operations, gone when the engine sees the body: imm is the variable */
#define DRAFT_READ	((enum mn_op)(MN_OP_COUNT + 0))	/* dst = the variable */
#define DRAFT_WRITE	((enum mn_op)(MN_OP_COUNT + 1))	/* the variable = a */

struct draft_var {
	char *name;
	mn_val undefined;
};

struct draft {
	struct draft_block *blocks;
	int nblocks, room, next_join;
	struct draft_var *vars;
	int nvars, vars_room;
	struct map replaced;		/* value -> the value it is */
	struct kept *kept;
};

/* draft.c */
int draft_block(struct draft *d);
/* @name: as users see it, or NULL */
int draft_variable(struct draft *d, const char *name);
void draft_insn(struct draft *d, int block, const struct mn_insn *in);
/* every block that can be reached has an end: hand it to the engine */
void draft_finish(struct draft *d, struct mn_func *func);
void draft_free(struct draft *d);

struct lowering {
	struct adapter *a;
	struct mn_func *func;
	struct draft draft;
	const struct body *body;
	int block;			/* where instructions go */
	bool open;			/* it has no end yet */
	struct mn_loc loc;
	mn_val result;			/* hidden parameter of an aggregate result */
	struct map variables;		/* symbol -> variable of the draft */
	struct map fixed;		/* symbol -> value of the prologue */
	struct map numbers;		/* constant -> value of the prologue */
	struct map names;		/* ident -> objects of that name so far */
	struct map blocks;		/* label -> block */
	struct map begun;		/* blocks that instructions went to */
	struct map scopes;		/* label -> cleanups around it */
	int returns;			/* return statements */
	struct symbol **cleanups;	/* variables whose end of life is a call */
	int ncleanups, cleanups_room;
};

/* value.c */
struct mn_insn insn(const struct lowering *l, enum mn_op op);
void put_insn(struct lowering *l, const struct mn_insn *in);
mn_val emit(struct lowering *l, enum mn_op op, mn_val a, mn_val b);
mn_val emit_named(struct lowering *l, enum mn_op op, const char *name,
		  const mn_val *args, int nargs);
mn_val unknown(struct lowering *l);
mn_val number(struct lowering *l, int64_t value);
int new_block(struct lowering *l);
/* does @lvalue name a variable that is not in memory? */
bool is_register(const struct lowering *l, struct expression *lvalue);
mn_val read_variable(struct lowering *l, int var);
void write_variable(struct lowering *l, int var, mn_val v);
/* @lvalue, or the declared @sym, becomes the scalar @v */
void assign(struct lowering *l, struct expression *lvalue, mn_val v);
void assign_symbol(struct lowering *l, struct symbol *sym, mn_val v);
/* what the scalar @lvalue holds */
mn_val content(struct lowering *l, struct expression *lvalue);
/* the address of a variable or function */
mn_val object(struct lowering *l, struct symbol *sym);
/* an object of the function that has no declaration */
mn_val scratch(struct lowering *l, const char *about);
/* the parameter that @sym is where it needs no memory, or MN_NONE */
mn_val parameter(const struct lowering *l, struct symbol *sym);
mn_val address_plus(struct lowering *l, mn_val base, int64_t bits, const char *cell);
/* the address where @lvalue, a dereference, lies */
mn_val address(struct lowering *l, struct expression *lvalue);
/* the value of an expression that is an address */
mn_val pointer(struct lowering *l, struct expression *e, struct symbol *selected);
mn_val load(struct lowering *l, mn_val at);
void store(struct lowering *l, mn_val at, mn_val value);
/* @lvalue, which lies @at, becomes @value */
void store_to(struct lowering *l, struct expression *lvalue, mn_val at, mn_val value);
/* *to = *from for a whole aggregate of @type */
void move(struct lowering *l, mn_val to, mn_val from, struct symbol *type);
void zero(struct lowering *l, mn_val at, struct symbol *type);
/* tell what the source calls @value; false: it has no words for it */
bool name_value(struct lowering *l, mn_val v, struct expression *e);
/* is @e a call at @pos? Two things at one place are written by a macro */
bool is_call_at(struct expression *e, struct position pos);
void at_place(struct lowering *l, struct position pos);

/* lower_expr.c */
/* what @e is worth; of an aggregate its address, but of a wrapped scalar its content */
mn_val value_of(struct lowering *l, struct expression *e);
/* the address of an aggregate, wherever it comes from */
mn_val aggregate(struct lowering *l, struct expression *e);
void lower_branch(struct lowering *l, struct expression *e, int yes, int no);
/* @sym, a variable or a compound literal, gets its first value */
void lower_initializer(struct lowering *l, struct symbol *sym);

/* lower_call.c */
/* the value of the call; of an aggregate its address */
mn_val lower_call(struct lowering *l, struct expression *call);
void lower_asm(struct lowering *l, struct statement *stmt);
void lower_cleanup(struct lowering *l, struct symbol *variable);

/* lower.c */
mn_val lower_statement(struct lowering *l, struct statement *stmt);
/* from here on instructions go to @block */
void begin_block(struct lowering *l, int block);
/* the block ends by a jump; what comes now is not reached, until a label */
void put_jump(struct lowering *l, enum mn_op op, mn_val v,
	      const struct mn_case *to, int n);
/* a jump that nobody has written */
void put_fall(struct lowering *l, int block);
int label_block(struct lowering *l, const struct symbol *label);

#endif /* LOWER_H */
