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
 *	lower.c			sparse's tree -> the abstract program, nothing else; with
 *	lower_call.c, lower_expr.c, value.c
 *	draft.c			variables of the program -> values
 *	report.c		findings -> lines as sparse prints them
 *
 * The program is lowered from sparse's evaluated tree and not from its linearized
 * code: there a member has lost its name, a jump its place, asm goto its labels and a
 * variable its end of life.
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
#include "mn.h"

/* a table from a pointer or a number to a number */
struct map {
	struct map_slot { uint64_t key; uint32_t value; } *slots;
	size_t n, room;			/* room is a power of two, or 0 */
};

/* false: @key is not there */
bool map_get(const struct map *m, uint64_t key, uint32_t *value);
void map_put(struct map *m, uint64_t key, uint32_t value);
void map_free(struct map *m);

static inline uint64_t map_key(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

/* a function with a body */
struct body {
	struct symbol *sym;
	struct position end;		/* its closing brace */
	struct mn_func *func;		/* NULL: not part of the unit */
	bool is_inline;
	bool used;			/* by what is not inline */
	bool address;			/* is taken */
	bool walked;
	bool broken;			/* sparse has found an error in it */
};

/* one file, read */
struct source {
	struct body *bodies;		/* in the order of the file */
	int nbodies, room;
	struct symbol **declared;	/* functions, with and without a body */
	int ndeclared, declared_room;
	struct symbol_list *objects;	/* with their initializers */
};

/* a member of a structure that the contract speaks of */
struct cell {
	char *name;			/* "tag.member" */
	const char *type, *word;	/* tag and member */
	struct ident *tag, *member;
};

struct adapter {
	const struct mn_contract *contract;
	struct mn_unit *unit;
	struct source *source;
	struct cell *cells;
	int ncells;
	struct map bodies;		/* struct symbol -> index of its body */
	struct map escaped;		/* struct symbol: its address is taken */
};

/* source.c */
void source_prepare(void);
void source_read(struct source *s, char *file);
void source_free(struct source *s);
/* does the unit declare a function of the API, or one whose callers change entries? */
bool source_is_worth_a_look(const struct source *s);
void source_evaluate_objects(struct source *s);
void source_evaluate_body(struct body *body);
/* the function that runs when the variable goes out of scope, or NULL */
struct symbol *cleanup_of(struct symbol *variable);

/* facts.c */
void facts_tell(struct adapter *a);
struct body *body_of(const struct adapter *a, const struct symbol *sym);
/* the name of the function that a call names, or NULL */
struct symbol *callee_of(const struct expression *call);

/* type.c */
/* @type without the name and the qualifiers around it; never NULL */
struct symbol *plain_type(struct symbol *type);
/* what a pointer of this type points to, or NULL */
struct symbol *pointed_type(struct symbol *type);
bool is_aggregate(struct symbol *type);
/* an aggregate that is nothing but a scalar with a type of its own: pte_t */
bool is_wrapped_scalar(struct symbol *type);
/* the aggregate that a function of this type returns by address, or NULL */
struct symbol *result_aggregate(struct symbol *fntype);
int64_t bits_of(struct symbol *type);
void adapter_begin(struct adapter *a, const struct mn_contract *contract,
		   struct mn_unit *unit, struct source *source);
void adapter_end(struct adapter *a);

/* from a structure or array to a part of it, one member or element after the other */
struct part {
	struct ident *tag;		/* of the structure, or of the one around it */
	struct symbol *member;		/* NULL: an element */
	int64_t index, bits;		/* bits: from the beginning of the part before */
};

#define PARTS_MAX 8

/*
 * The way to what lies @bits inside of @type: a member called @name or, where that
 * is NULL, something of type @wanted. Return: how many @parts, 0 if there is no way.
 */
int parts_find(struct symbol *type, int64_t bits, struct ident *name,
	       struct symbol *wanted, struct part *parts);
/* "tag.member" if the contract speaks of it, else NULL */
const char *cell_of(const struct adapter *a, const struct part *part);

/* an address as base and offset in bits */
struct place {
	struct expression *base;
	int64_t bits;
	struct part parts[PARTS_MAX];
	int nparts;
};

/* @address, where @selected is the type of what lies there; NULL: by its own type */
void place_find(struct place *p, struct expression *address, struct symbol *selected);

/* tables.c */
/* the function whose address @e is, or NULL */
struct symbol *function_in(struct expression *e);
/* @value, in the initializer of @var, may be a function: @parts lead there */
void tables_initializer(struct adapter *a, struct symbol *var, struct mn_func *around,
			const struct part *parts, int n, int64_t bits,
			struct expression *value);
/* the same of an assignment to the place @p */
void tables_assignment(struct adapter *a, struct mn_func *around,
		       struct expression *assignment, const struct place *p);
/* @func reads @var and calls through pointers */
void tables_called(struct mn_func *func, struct symbol *var);

/* name.c */
#define NAME_SIZE 96
/* the name that a person gave to a variable, or NULL */
const char *name_of_symbol(const struct symbol *sym);
/* false where the source has no words for it; @name has NAME_SIZE bytes */
bool name_of_value(struct expression *e, char *name);
/* "tag.member", or the variable, that @e is */
bool name_of_member(struct expression *e, char *name);

/* lower.c */
void lower_body(struct adapter *a, const struct body *body);

/* report.c */
struct mn_loc loc_of(struct position pos);
void report_findings(const struct mn_unit *unit, bool as_errors);
void report_trouble(const struct mn_unit *unit);
void report_unread(const struct source *s, const char *file);
void report_figures(const struct mn_unit *unit, const char *file, double seconds);

#endif /* ADAPTER_H */
