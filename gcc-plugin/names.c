// SPDX-License-Identifier: GPL-2.0-only
/*
 * names.c - what a value is called in the source.
 *
 * GIMPLE has taken expressions apart: "&vmf->ptl" is an address of a reference off
 * an SSA name. This puts the words together again, following single definitions
 * to a small depth. Whatever a person has not written (temporaries, variables that live
 * inside a macro, arithmetic) has no name: better none than a wrong one.
 */
#include "adapter.h"

#define DEPTH 6

struct text {
	char *buf;
	size_t n;
};

static bool put_value(struct text *t, tree value, int depth);
static bool put_object(struct text *t, tree ref, int depth);

static bool put(struct text *t, const char *word)
{
	size_t n = strlen(word);

	if (t->n + n + 1 > NAME_SIZE)
		return false;
	memcpy(t->buf + t->n, word, n + 1);
	t->n += n;
	return true;
}

/* put @word in front of what stands from @from on */
static bool put_before(struct text *t, size_t from, const char *word)
{
	size_t n = strlen(word);

	if (t->n + n + 1 > NAME_SIZE)
		return false;
	memmove(t->buf + from + n, t->buf + from, t->n - from + 1);
	memcpy(t->buf + from, word, n);
	t->n += n;
	return true;
}

const char *name_of_decl(tree decl)
{
	if (!DECL_NAME(decl) || DECL_ARTIFICIAL(decl))
		return NULL;
	if (!is_global_var(decl) &&
	    from_macro_expansion_at(DECL_SOURCE_LOCATION(decl)))
		return NULL;
	return IDENTIFIER_POINTER(DECL_NAME(decl));
}

static bool put_call(struct text *t, gimple *call, int depth)
{
	tree fndecl = gimple_call_fndecl(call);
	unsigned int i;

	if (!fndecl || !DECL_NAME(fndecl) || gimple_call_num_args(call) > 3 ||
	    from_macro_expansion_at(gimple_location(call)))
		return false;
	if (!put(t, IDENTIFIER_POINTER(DECL_NAME(fndecl))) || !put(t, "("))
		return false;
	for (i = 0; i < gimple_call_num_args(call); i++)
		if ((i && !put(t, ", ")) ||
		    !put_value(t, gimple_call_arg(call, i), depth))
			return false;
	return put(t, ")");
}

/* a temporary is called what it was computed from */
static bool put_definition(struct text *t, tree ssa, int depth)
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

static bool put_number(struct text *t, tree number)
{
	char word[24];

	if (!tree_fits_shwi_p(number))
		return false;
	snprintf(word, sizeof(word), "%lld", (long long)tree_to_shwi(number));
	return put(t, word);
}

static bool put_value(struct text *t, tree value, int depth)
{
	const char *name;

	if (!depth--)
		return false;
	switch (TREE_CODE(value)) {
	case SSA_NAME:
		name = SSA_NAME_VAR(value) ? name_of_decl(SSA_NAME_VAR(value)) : NULL;
		return name ? put(t, name) : put_definition(t, value, depth);
	case INTEGER_CST:
		return put_number(t, value);
	case ADDR_EXPR:
		if (TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL ||
		    TREE_CODE(TREE_TYPE(TREE_OPERAND(value, 0))) == ARRAY_TYPE)
			return put_object(t, TREE_OPERAND(value, 0), depth);
		return put(t, "&") && put_object(t, TREE_OPERAND(value, 0), depth);
	default:
		return put_object(t, value, depth);
	}
}

/* "p->" for *p, "x." for an object: what a member's name is put behind */
static bool put_whole(struct text *t, tree ref, int depth)
{
	size_t from = t->n;

	if (TREE_CODE(ref) != MEM_REF)
		return put_object(t, ref, depth) && put(t, ".");
	if (!integer_zerop(TREE_OPERAND(ref, 1)) ||
	    !put_value(t, TREE_OPERAND(ref, 0), depth))
		return false;
	if (t->buf[from] == '&') {
		memmove(t->buf + from, t->buf + from + 1, t->n - from);
		t->n--;
		return put(t, ".");
	}
	if (t->buf[from] == '*' && (!put_before(t, from, "(") || !put(t, ")")))
		return false;
	return put(t, "->");
}

static bool put_member(struct text *t, tree ref, int depth)
{
	tree field = TREE_OPERAND(ref, 1);
	tree whole = TREE_OPERAND(ref, 0);

	if (!DECL_NAME(field))
		return false;
	while (TREE_CODE(whole) == COMPONENT_REF &&
	       !DECL_NAME(TREE_OPERAND(whole, 1)))
		whole = TREE_OPERAND(whole, 0);
	return put_whole(t, whole, depth) &&
	       put(t, IDENTIFIER_POINTER(DECL_NAME(field)));
}

static bool put_pointed(struct text *t, tree ref, int depth)
{
	size_t from = t->n;

	if (!integer_zerop(TREE_OPERAND(ref, 1)) ||
	    !put_value(t, TREE_OPERAND(ref, 0), depth))
		return false;
	if (t->buf[from] != '&')
		return put_before(t, from, "*");
	memmove(t->buf + from, t->buf + from + 1, t->n - from);
	t->n--;
	return true;
}

static bool put_object(struct text *t, tree ref, int depth)
{
	const char *name;

	if (!depth--)
		return false;
	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		return put_member(t, ref, depth);
	case MEM_REF:
		return put_pointed(t, ref, depth);
	case ARRAY_REF:
		return put_object(t, TREE_OPERAND(ref, 0), depth) &&
		       put(t, "[") &&
		       put_value(t, TREE_OPERAND(ref, 1), depth) && put(t, "]");
	case VAR_DECL:
	case PARM_DECL:
	case FUNCTION_DECL:
		name = name_of_decl(ref);
		return name && put(t, name);
	default:
		return false;
	}
}

/* what a pointer was loaded or computed from, through copies and casts */
static tree origin_of(tree ssa)
{
	gimple *def;
	int i;

	for (i = 0; i < DEPTH && TREE_CODE(ssa) == SSA_NAME; i++) {
		def = SSA_NAME_DEF_STMT(ssa);
		if (!gimple_assign_single_p(def) && !gimple_assign_cast_p(def))
			break;
		ssa = gimple_assign_rhs1(def);
	}
	return ssa;
}

bool name_of_member(tree ref, char *name)
{
	tree tag = NULL_TREE, part;

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
	if (VAR_P(ref) && is_global_var(ref) && DECL_NAME(ref)) {
		snprintf(name, NAME_SIZE, "%s", IDENTIFIER_POINTER(DECL_NAME(ref)));
		return true;
	}
	for (part = ref; TREE_CODE(part) == COMPONENT_REF && !tag; part = TREE_OPERAND(part, 0))
		tag = facts_tag(TREE_TYPE(TREE_OPERAND(part, 0)));
	if (!tag)
		return false;
	snprintf(name, NAME_SIZE, "%s.%s", IDENTIFIER_POINTER(tag),
		 IDENTIFIER_POINTER(DECL_NAME(TREE_OPERAND(ref, 1))));
	return true;
}

bool name_of_value(tree value, char *name)
{
	struct text t = { name, 0 };

	return put_value(&t, value, DEPTH);
}

bool name_of_object(tree ref, char *name)
{
	struct text t = { name, 0 };

	return put_object(&t, ref, DEPTH);
}
