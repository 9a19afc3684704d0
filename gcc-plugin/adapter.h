/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * adapter.h - what the files of the plugin share.
 *
 *	mmu_notifier_plugin.c	options, the pass, what happens when
 *	facts.c			what the unit declares, calls, stores: before the plan
 *	tables.c		.. and which variables hold functions
 *	lower.c			GIMPLE -> the abstract program, nothing else; with
 *	lower_call.c, value.c	calls; operands and memory
 *	names.c			a tree -> the words of the source
 *	report.c		findings -> diagnostics
 */
#ifndef ADAPTER_H
#define ADAPTER_H

#include "gcc-compat.h"
#include "mn.h"

/* a member of a structure that the contract speaks of */
struct cell {
	const char *name;		/* "tag.member" */
	const char *type, *member;
	tree tag;			/* identifier; NULL_TREE: the unit has no such word */
};

/* an API function that the parser has seen */
struct declaration {
	char *name;
	int nargs;
};

struct declarations {
	struct declaration *v;
	int n, room;
};

/* a function with a body */
struct body {
	struct mn_func *func;
	tree decl;
};

/* GCC's containers, named here once: a kernel's checkpatch.pl reads '<' as C does */
typedef hash_set < tree > tree_set;
typedef hash_map < tree, const char * > tree_texts;
typedef hash_map < tree, struct mn_func * > tree_funcs;
typedef hash_map < tree, mn_val > tree_values;
typedef hash_map < tree, int > tree_counts;

struct adapter {
	const struct mn_contract *contract;
	struct mn_unit *unit;
	struct cell *cells;
	int ncells;
	struct body *bodies;
	int nbodies;
	tree_set *types;		/* structures and variables already told */
	tree_texts *members;		/* FIELD_DECL -> "tag.member" or NULL */
	tree_funcs *funcs;
};

/* facts.c */
/* the parser has seen @decl; keeps it if it is part of the API */
void facts_declaration(struct declarations *d, tree decl);
void declarations_free(struct declarations *d);
void adapter_begin(struct adapter *a, const struct mn_contract *contract,
		   struct mn_unit *unit);
void adapter_end(struct adapter *a);
/* everything that mn_unit_plan() wants to know */
void facts_tell(struct adapter *a, const struct declarations *d);
/* the function of that name with a body, or NULL */
const struct body *body_named(const struct adapter *a, const char *name);
/* @type, or what it points to, may be a structure with cells */
void facts_type(struct adapter *a, tree type);
/* "tag.member" if the COMPONENT_REF @ref selects a cell, else NULL */
const char *facts_cell(struct adapter *a, tree ref);
/* the tag of a structure, an identifier, or NULL_TREE */
tree facts_tag(tree type);
/* offset of a field in its structure in bits; -1 where it is not constant */
int64_t field_bits(tree field);
/* the aggregate that a call returns by address, or NULL_TREE */
tree result_aggregate(tree fntype);

/* tables.c */
/* @var has an initialiser with functions in it */
void tables_variable(struct adapter *a, tree var);
/* @stmt makes the member @to of a structure the function @func */
void tables_assignment(struct adapter *a, tree to, tree func, gimple *stmt);
/* what @func may call through const variables */
void tables_called(struct mn_func *func, struct cgraph_node *node);

/* value.c */
/* offset of the part of @type that @index names; -1: not constant */
int64_t element_bits(tree type, tree index);

/* lower.c */
void lower_function(struct adapter *a, const struct body *body);

/* names.c */
#define NAME_SIZE 96
/* false where the source has no words for it; @name has NAME_SIZE bytes */
bool name_of_value(tree value, char *name);
bool name_of_object(tree ref, char *name);
/* "tag.member", or the variable, that @ref is or that the pointer @ref was loaded from */
bool name_of_member(tree ref, char *name);
/* the name that a person gave to a declaration, or NULL */
const char *name_of_decl(tree decl);

/* report.c */
/* the place that a person wrote: outside of macros */
location_t written_at(location_t where);
struct mn_loc place_of(location_t where);
void report_findings(const struct adapter *a, bool as_errors);
void report_trouble(const struct mn_unit *unit);
void report_stats(const struct mn_unit *unit, double seconds);

#endif /* ADAPTER_H */
