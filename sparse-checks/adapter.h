/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * adapter.h - what the files of the checker share.
 *
 *	mncheck-sparse.c	options, and what happens to one file
 *	source.c		a file -> its functions, parsed and evaluated
 *	facts.c			what the unit declares, calls, stores: before the plan
 *	tables.c		.. and which variables hold functions
 *	type.c			structures: where members lie, which ones the contract names
 *	name.c			an expression -> the words of the source
 *	lower*.c, value.c	sparse's tree -> the abstract program, nothing else
 *
 * The program is lowered from sparse's evaluated tree and not from its linearized code: there a member has lost
 * its name, a jump its place, asm goto its labels and a variable its end of life.
 */
#ifndef ADAPTER_H
#define ADAPTER_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib.h"
#include "allocate.h"
#include "token.h"
#include "parse.h"
#include "symbol.h"
#include "scope.h"
#include "expression.h"
#include "evaluate.h"
#include "lower.h"

/* a function with a body */
struct body {
	struct symbol *sym;
	struct position end;		/* its closing brace */
	struct mn_func *func;		/* NULL: not part of the unit */
	bool is_inline;
	bool used;			/* by what is not inline */
	bool address;			/* is taken */
	bool indirect;			/* it calls through pointers */
	bool walked;
	bool broken;			/* sparse has found an error in it */
};

/* one file, read */
struct source {
	MN_LIST(struct body) bodies;	/* in the order of the file */
	MN_LIST(struct symbol *) declared;	/* functions, with and without a body */
	struct symbol_list *objects;	/* with their initializers */
};

struct adapter {
	struct mn_run run;
	struct source source;
	struct mn_map bodies;		/* struct symbol -> index of its body */
	struct mn_map escaped;		/* struct symbol: its address is taken */
};

static inline struct adapter *adapter_of(const struct mn_run *run)
{
	return (struct adapter *)run->data;
}

/* source.c */
struct mn_loc loc_of(struct position pos);
void source_prepare(void);
void source_read(struct source *s, char *file);
void source_free(struct source *s);
/* does the unit declare a function of the API, or one whose callers change entries? */
bool source_is_worth_a_look(const struct source *s);
void source_evaluate_objects(struct source *s);
void source_evaluate_body(struct body *body);
/* the function that runs when the variable goes out of scope, or NULL */
struct symbol *cleanup_of(struct symbol *variable);
/* the function that @func is another name of, or NULL */
const char *alias_of(struct symbol *func);

/* facts.c */
void facts_tell(struct mn_run *run);
struct body *body_of(const struct adapter *a, const struct symbol *sym);

/* type.c */
/* @type without the name and the qualifiers around it; never NULL */
struct symbol *plain_type(struct symbol *type);
/* what a pointer of this type points to, or NULL */
struct symbol *pointed_type(struct symbol *type);
bool is_aggregate(struct symbol *type);
/* is it a variable that all functions see, or that outlives its function? */
bool is_static(const struct symbol *sym);
/* an aggregate that is nothing but a scalar with a type of its own: pte_t */
bool is_wrapped_scalar(struct symbol *type);
/* an aggregate that goes by its address */
bool by_address(struct symbol *type);
/* the aggregate that a function of this type returns by address, or NULL */
struct symbol *result_aggregate(struct symbol *fntype);
/* the size of @type; not positive: not known */
int64_t bits_of(struct symbol *type);
/* where the members of which the contract speaks lie */
void types_tell(struct mn_run *run);

#define PARTS_MAX 32

/*
 * The way to what lies @bits inside of @type: a member called @name or, where that
 * is NULL, something of type @wanted. Return: how many @parts, 0 if there is no way, -1 if
 * it is longer than PARTS_MAX.
 */
int parts_find(struct symbol *type, int64_t bits, struct ident *name,
	       struct symbol *wanted, struct mn_part *parts);

/* an address as base and offset in bits */
struct place {
	struct expression *base;
	int64_t bits;
	struct mn_part parts[PARTS_MAX];
	int nparts;			/* as parts_find() returns it */
};

/* @address, where @selected is the type of what lies there; NULL: by its own type */
void place_find(struct place *p, struct expression *address, struct symbol *selected);

/* tables.c */
/* the function whose address @e is, or that it names; or NULL */
struct symbol *function_in(struct expression *e);
/* @value, in the initializer of @var, may be a function: @parts lead there */
void tables_initializer(struct adapter *a, struct symbol *var, struct mn_func *around,
			const struct mn_part *parts, int n, struct expression *value);
/* the same of an assignment to the place @p */
void tables_assignment(struct adapter *a, struct mn_func *around,
		       struct expression *assignment, const struct place *p);
/* @func reads @var and calls through pointers */
void tables_called(struct mn_func *func, struct symbol *var);

/* name.c */
/* the word as a text that lasts; equal ones are one pointer */
const char *word_of(struct ident *ident);
bool is_cast(const struct expression *e);
struct expression *without_casts(struct expression *e);
struct position place_of(struct expression *e);		/* where it starts */
struct position place_of_condition(struct expression *e);
struct position place_of_variable(const struct symbol *variable);	/* its name's */
/* the name that a person gave to a variable, or NULL */
const char *name_of_symbol(const struct symbol *sym);
/* NULL where the source has no words for it */
const char *name_of_value(struct mn_words *w, struct expression *e);
/* "tag.member", or the variable, that @e is, or NULL */
const char *name_of_member(const struct mn_run *run, struct expression *e);

/*
 * One function on its way. A scalar variable whose address is not taken is a variable of the
 * builder, others lie in memory.
 */
struct lowering {
	struct mn_builder *b;
	struct adapter *a;
	const struct body *body;
	struct mn_map variables;	/* symbol -> variable of the builder */
	struct mn_map blocks;		/* label -> block */
	struct mn_map started;		/* blocks that instructions went to */
	struct mn_map scopes;		/* label -> cleanups around it */
	int returns;			/* return statements */
	MN_LIST(struct symbol *) cleanups;	/* variables whose end of life is a call */
};

typedef MN_LIST(mn_val) value_list;
typedef MN_LIST(struct mn_case) case_list;

static inline mn_val emit(struct lowering *l, enum mn_op op, mn_val x, mn_val y)
{
	return mn_put_op(l->b, op, MN_NONE, x, y);
}

static inline mn_val number(struct lowering *l, int64_t value)
{
	return mn_constant(l->b, (uint64_t)value, value);
}

static inline mn_val unknown(struct lowering *l)
{
	return mn_put_unknown(l->b);
}

/* value.c */
/* does @lvalue name a variable that is not in memory? */
bool is_register(const struct lowering *l, struct expression *lvalue);
/* where @lvalue lies; MN_NONE: it is a variable that is not in memory */
mn_val in_memory(struct lowering *l, struct expression *lvalue);
/* @lvalue, which lies @at, or the declared @sym becomes the scalar @v */
void assign(struct lowering *l, struct expression *lvalue, mn_val at, mn_val v);
void assign_symbol(struct lowering *l, struct symbol *sym, mn_val v);
/* what the scalar @lvalue, which lies @at, holds */
mn_val content(struct lowering *l, struct expression *lvalue, mn_val at);
/* the address of a variable or function */
mn_val object(struct lowering *l, struct symbol *sym);
/* the parameter that @sym is where it needs no memory, or MN_NONE */
mn_val parameter(const struct lowering *l, struct symbol *sym);
/* @at and @n of @parts behind it; where there is no way, @bits behind it */
mn_val part_address(struct lowering *l, mn_val at, const struct mn_part *parts, int n,
		    int64_t bits);
/* the address where @lvalue, a dereference, lies */
mn_val address(struct lowering *l, struct expression *lvalue);
/* the value of an expression that is an address */
mn_val pointer(struct lowering *l, struct expression *e, struct symbol *selected);
mn_val load(struct lowering *l, mn_val at);
/* *to = *from for a whole aggregate of @type */
void move(struct lowering *l, mn_val to, mn_val from, struct symbol *type);
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
void lower_branch(struct lowering *l, struct expression *e, struct position pos, int yes, int no);
/* @sym, a variable or a compound literal, gets its first value */
void lower_initializer(struct lowering *l, struct symbol *sym);

/* lower_call.c */
/* the value of the call; of an aggregate its address */
mn_val lower_call(struct lowering *l, struct expression *call);
void lower_asm(struct lowering *l, struct statement *stmt);
void lower_cleanup(struct lowering *l, struct symbol *variable);

/* lower.c */
void lower_body(struct mn_run *run, struct mn_func *func, void *body);
mn_val lower_statement(struct lowering *l, struct statement *stmt);
/* from here on instructions go to @block */
void start_block(struct lowering *l, int block);
/* a jump that is not in the source */
void put_fall(struct lowering *l, int block);
void put_stop(struct lowering *l);
int label_block(struct lowering *l, const struct symbol *label);

#endif /* ADAPTER_H */
