/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * adapter.h - what the files of the plugin share.
 *
 *	mmu_notifier_plugin.c	options, the pass, what happens when
 *	facts.c			what the unit declares, calls, stores: before the plan
 *	tables.c		.. and which variables hold functions
 *	lower.c			GIMPLE -> the abstract program, nothing else; with
 *	lower_call.c, value.c	calls; operands and memory
 *	tree_words.c		a tree -> the words of the source
 *	report.c		findings -> diagnostics
 */
#ifndef ADAPTER_H
#define ADAPTER_H

#include "gcc-compat.h"
#include "compiler.h"

/* GCC's containers, named here once: a kernel's checkpatch.pl reads '<' as C does */
typedef hash_set < tree > tree_set;
typedef auto_vec < mn_val > value_list;
typedef auto_vec < int > block_list;
typedef auto_vec < struct mn_case > case_list;
typedef auto_vec < struct mn_part > part_list;
typedef auto_vec < struct cgraph_node * > node_list;

/* types of C: GCC's macros for these also ask for what Ada has */
static inline bool is_structure(tree type)
{
	return TREE_CODE(type) == RECORD_TYPE || TREE_CODE(type) == UNION_TYPE;
}

static inline bool is_aggregate(tree type)
{
	return is_structure(type) || TREE_CODE(type) == ARRAY_TYPE;
}

struct adapter {
	struct mn_run run;
	const struct mn_declared *declared;
	tree_set types;			/* structures and variables already passed on */
};

/* facts.c */
/* the parser has seen the tree @event; @declared keeps it if it is part of the API */
void facts_declaration(void *event, void *declared);
/* everything that mn_unit_plan() wants to know */
void facts_tell(struct mn_run *run);
/* the function with a body that @decl is, or NULL */
struct mn_func *func_of(const struct adapter *a, tree decl);
/* @type, or what it points to, may be a structure with cells */
void facts_type(struct adapter *a, tree type);
/* "tag.member" if the COMPONENT_REF @ref selects a cell or a lock, else NULL */
const char *facts_cell(struct adapter *a, tree ref);
/* the tag of a structure, an identifier, or NULL_TREE */
tree facts_tag(tree type);
/* the tag of the structure that @ref selects from, outside of nameless ones */
tree tag_of_whole(tree ref);
/* offset of a field in its structure in bits; -1 where it is not constant */
int64_t field_bits(tree field);
/* the aggregate that a call returns by address, or NULL_TREE */
tree result_aggregate(tree fntype);

/* tables.c */
/* what the initialiser of @var has functions in, once */
void tables_variable(struct adapter *a, tree var);
/* @stmt makes the member @to of a structure @tag the function @func */
void tables_assignment(struct adapter *a, tree to, const char *tag, tree func, gimple *stmt);
/* what @func may call through const variables */
void tables_called(struct mn_func *func, struct cgraph_node *node);

/*
 * One function on its way. It is a builder, so that what is put needs no other word
 * than the function's.
 */
struct lowering : mn_builder {
	struct adapter *a;
	struct function *fun;
	mn_val *ssa;			/* by version; MN_NONE: not met yet */
	int *block_of;			/* by index of GCC's block */
	location_t where;
};

/* value.c */
mn_val ssa_value(struct lowering *l, tree ssa);
/* any operand: what it is, or what the memory that it names holds */
mn_val operand(struct lowering *l, tree value);
mn_val address(struct lowering *l, tree ref);
void load(struct lowering *l, mn_val dst, tree ref);
/* @lhs, if there is one, becomes @value */
void set_lhs(struct lowering *l, tree lhs, mn_val value);
/* *to = *from for a whole aggregate of @type */
void move(struct lowering *l, mn_val to, mn_val from, tree type);
/* the size of @type, or MN_BITS_UNKNOWN */
int64_t bits_of(tree type);
/* offset of the part of @type that @index names; -1: not constant */
int64_t element_bits(tree type, tree index);
/* false: the initializer is too big to be worth it */
bool store_initializer(struct lowering *l, mn_val at, tree init);
/* an aggregate that is nothing but a scalar with a type of its own: pte_t */
bool is_wrapped_scalar(tree type);
/* an aggregate that goes by its address */
bool by_address(tree type);
/* tell what the source calls @value; false: it has no words for it */
bool name_value(struct lowering *l, mn_val v, tree value);

/* lower_call.c */
void lower_call(struct lowering *l, gimple *call);
/* a call that the end of a variable's scope makes */
bool ends_scope(gimple *stmt);

/* lower.c */
void lower_function(struct mn_run *run, struct mn_func *func, void *decl);

/* tree_words.c; each is NULL where the source has no words for it */
const char *name_of_value(struct mn_words *w, tree value);
const char *name_of_object(struct mn_words *w, tree ref);
/* "tag.member", or the variable, that @ref is or that the pointer @ref was loaded from */
const char *name_of_member(const struct adapter *a, tree ref);
/* the name that a person gave to a declaration, or NULL */
const char *name_of_decl(tree decl);
/* .. to the variable that @ssa is a version of, or NULL */
const char *name_of_ssa(tree ssa);
/* the name of a declaration, which has one */
const char *word_of(tree decl);

/* report.c */
struct mn_loc place_of(location_t where);
void report_finding(const struct mn_run *run, const struct mn_finding *f);

#endif /* ADAPTER_H */
