// SPDX-License-Identifier: GPL-2.0-only
/*
 * tree_words.c - what a value is called in the source.
 *
 * GIMPLE has taken expressions apart: "&vmf->ptl" is an address of a reference off
 * an SSA name. This puts the words together again, following single definitions
 * to a small depth. What the source does not spell out (temporaries, variables that live
 * inside a macro, arithmetic) has no name: better none than a wrong one.
 */
#include "adapter.h"

#define DEPTH 6

static bool put_value(struct mn_words *t, tree value, int depth);
static bool put_object(struct mn_words *t, tree ref, int depth);

const char *word_of(tree decl)
{
	return IDENTIFIER_POINTER(DECL_NAME(decl));
}

const char *name_of_decl(tree decl)
{
	if (!DECL_NAME(decl) || DECL_ARTIFICIAL(decl))
		return NULL;
	if (!is_global_var(decl) &&
	    from_macro_expansion_at(DECL_SOURCE_LOCATION(decl)))
		return NULL;
	return word_of(decl);
}

const char *name_of_ssa(tree ssa)
{
	tree var = SSA_NAME_VAR(ssa);

	return var ? name_of_decl(var) : NULL;
}

static bool put_call(struct mn_words *t, gimple *call, int depth)
{
	tree fndecl = gimple_call_fndecl(call);
	unsigned int i;

	if (!fndecl || gimple_call_num_args(call) > 3 ||
	    from_macro_expansion_at(gimple_location(call)))
		return false;
	mn_words(t, word_of(fndecl));
	for (i = 0; i < gimple_call_num_args(call); i++)
		if (!mn_words(t, i ? ", " : "(") ||
		    !put_value(t, gimple_call_arg(call, i), depth))
			return false;
	return mn_words(t, i ? ")" : "()");
}

/* a temporary is called what it was computed from */
static bool put_definition(struct mn_words *t, tree ssa, int depth)
{
	gimple *def = SSA_NAME_DEF_STMT(ssa);
	tree rhs;

	if (is_gimple_call(def))
		return put_call(t, def, depth);
	if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
		return false;
	rhs = gimple_assign_rhs1(def);
	if (TREE_CODE(rhs) == SSA_NAME || TREE_CODE(rhs) == ADDR_EXPR)
		return put_value(t, rhs, depth);
	return gimple_assign_load_p(def) && put_object(t, rhs, depth);
}

static bool put_value(struct mn_words *t, tree value, int depth)
{
	if (!depth--)
		return false;
	switch (TREE_CODE(value)) {
	case SSA_NAME:
		return name_of_ssa(value) ? mn_words(t, name_of_ssa(value)) :
					    put_definition(t, value, depth);
	case INTEGER_CST:
		return tree_fits_shwi_p(value) && mn_words_number(t, tree_to_shwi(value));
	case ADDR_EXPR:
		if (TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL ||
		    TREE_CODE(TREE_TYPE(TREE_OPERAND(value, 0))) == ARRAY_TYPE)
			return put_object(t, TREE_OPERAND(value, 0), depth);
		return mn_words(t, "&") && put_object(t, TREE_OPERAND(value, 0), depth);
	default:
		return put_object(t, value, depth);
	}
}

/* the p of *p */
static bool put_pointer(struct mn_words *t, tree ref, int depth)
{
	return integer_zerop(TREE_OPERAND(ref, 1)) &&
	       put_value(t, TREE_OPERAND(ref, 0), depth);
}

/* "p->" for *p, "x." for an object: what a member's name is put behind */
static bool put_whole(struct mn_words *t, tree ref, int depth)
{
	size_t from = t->n;

	if (TREE_CODE(ref) == MEM_REF)
		return put_pointer(t, ref, depth) && mn_words_arrow(t, from);
	return put_object(t, ref, depth) && mn_words(t, ".");
}

static bool put_member(struct mn_words *t, tree ref, int depth)
{
	tree field = TREE_OPERAND(ref, 1);
	tree whole = TREE_OPERAND(ref, 0);

	if (!DECL_NAME(field))
		return false;
	while (TREE_CODE(whole) == COMPONENT_REF &&
	       !DECL_NAME(TREE_OPERAND(whole, 1)))
		whole = TREE_OPERAND(whole, 0);
	return put_whole(t, whole, depth) && mn_words(t, word_of(field));
}

static bool put_element(struct mn_words *t, tree ref, int depth)
{
	return put_object(t, TREE_OPERAND(ref, 0), depth) && mn_words(t, "[") &&
	       put_value(t, TREE_OPERAND(ref, 1), depth) && mn_words(t, "]");
}

static bool put_object(struct mn_words *t, tree ref, int depth)
{
	size_t from = t->n;

	if (!depth--)
		return false;
	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		return put_member(t, ref, depth);
	case MEM_REF:
		return put_pointer(t, ref, depth) && mn_words_pointed(t, from);
	case ARRAY_REF:
		return put_element(t, ref, depth);
	case VAR_DECL:
	case PARM_DECL:
	case FUNCTION_DECL:
		return mn_words(t, name_of_decl(ref));
	default:
		return false;
	}
}

/* what a pointer was loaded or computed from, through copies and casts */
static tree origin_of(tree ssa)
{
	gimple *def;

	for (int i = 0; i < DEPTH && TREE_CODE(ssa) == SSA_NAME; i++) {
		def = SSA_NAME_DEF_STMT(ssa);
		if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
			break;
		ssa = gimple_assign_rhs1(def);
	}
	return ssa;
}

const char *name_of_member(const struct adapter *a, tree ref)
{
	tree tag, part;

	if (TREE_CODE(ref) == SSA_NAME)
		ref = origin_of(ref);
	if (TREE_CODE(ref) == MEM_REF && integer_zerop(TREE_OPERAND(ref, 1))) {
		part = origin_of(TREE_OPERAND(ref, 0));
		if (TREE_CODE(part) == ADDR_EXPR)
			ref = TREE_OPERAND(part, 0);
	}
	while (TREE_CODE(ref) == ARRAY_REF ||
	       (TREE_CODE(ref) == COMPONENT_REF && !DECL_NAME(TREE_OPERAND(ref, 1))))
		ref = TREE_OPERAND(ref, 0);
	if (VAR_P(ref) && is_global_var(ref))
		return word_of(ref);
	tag = tag_of_whole(ref);
	return tag ? mn_run_text(&a->run, "%s.%s", IDENTIFIER_POINTER(tag),
				 word_of(TREE_OPERAND(ref, 1))) : NULL;
}

const char *name_of_value(struct mn_words *w, tree value)
{
	return put_value(w, value, DEPTH) ? mn_words_text(w) : NULL;
}

const char *name_of_object(struct mn_words *w, tree ref)
{
	return put_object(w, ref, DEPTH) ? mn_words_text(w) : NULL;
}
