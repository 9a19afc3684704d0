// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables.c - variables that hold functions, as the engine is told of them.
 *
 * Initialisers are walked here, and assignments to members at run time; facts.c finds
 * them by the functions whose address they take, so that a variable without functions
 * costs nothing. What a table means is the contract's.
 */
#include "adapter.h"

/* the table that an initialiser fills, from @bits of the variable on */
struct filling {
	struct mn_table *table;
	int64_t bits;
	location_t otherwise;		/* the place of a member that has none */
};

static bool is_callback_type(const struct adapter *a, tree type)
{
	tree tag = RECORD_OR_UNION_TYPE_P(type) ? facts_tag(type) : NULL_TREE;

	return tag && mn_contract_calls_back(a->contract, IDENTIFIER_POINTER(tag));
}

/* the function whose address @value is, or NULL */
static const char *function_in(tree value)
{
	STRIP_NOPS(value);
	if (TREE_CODE(value) != ADDR_EXPR ||
	    TREE_CODE(TREE_OPERAND(value, 0)) != FUNCTION_DECL ||
	    !DECL_NAME(TREE_OPERAND(value, 0)))
		return NULL;
	return IDENTIFIER_POINTER(DECL_NAME(TREE_OPERAND(value, 0)));
}

static struct mn_loc place_in(const struct filling *f, tree value)
{
	location_t at = EXPR_LOCATION(value);

	return place_of(at == UNKNOWN_LOCATION ? f->otherwise : at);
}

/* all functions of an initialiser; @member is the name around it */
static void fill(struct filling f, tree init, const char *member)
{
	unsigned HOST_WIDE_INT i;
	struct filling inner;
	tree index, value;
	const char *name;
	int64_t bits;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		bits = element_bits(TREE_TYPE(init), index);
		if (bits < 0)
			continue;
		name = TREE_CODE(index) == FIELD_DECL && DECL_NAME(index) ?
		       IDENTIFIER_POINTER(DECL_NAME(index)) : member;
		inner = f;
		inner.bits += bits;
		if (TREE_CODE(value) == CONSTRUCTOR)
			fill(inner, value, name);
		else if (function_in(value))
			mn_table_member(f.table, name, inner.bits,
					function_in(value), place_in(&f, value));
	}
}

static void tell_table(struct adapter *a, const char *name, tree init, tree var,
		       unsigned int flags)
{
	tree type = TREE_TYPE(init);
	struct filling f;

	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (!RECORD_OR_UNION_TYPE_P(type) || !facts_tag(type))
		return;
	f.otherwise = DECL_SOURCE_LOCATION(var);
	f.bits = 0;
	f.table = mn_table_new(a->unit, name, IDENTIFIER_POINTER(facts_tag(type)),
			       place_of(f.otherwise), flags);
	fill(f, init, "");
}

/* each structure of callbacks in @init is a table by itself, called by its way there */
static void tell_parts(struct adapter *a, const char *name, tree init, tree var)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;
	char *inner;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		if (TREE_CODE(value) != CONSTRUCTOR || element_bits(TREE_TYPE(init), index) < 0)
			continue;
		if (TREE_CODE(index) == FIELD_DECL)
			inner = DECL_NAME(index) ?
				concat(name, ".", IDENTIFIER_POINTER(DECL_NAME(index)), NULL) :
				xstrdup(name);
		else
			inner = xasprintf("%s[%ld]", name, (long)tree_to_shwi(index));
		if (is_callback_type(a, TREE_TYPE(value)))
			tell_table(a, inner, value, var, 0);
		else
			tell_parts(a, inner, value, var);
		free(inner);
	}
}

/* as lower_function() names it; not the source's word only where that is not unique */
static char *name_of_variable(tree var)
{
	tree around = decl_function_context(var);

	if (around && !TREE_PUBLIC(var))
		return concat(IDENTIFIER_POINTER(DECL_NAME(around)), ".",
			      IDENTIFIER_POINTER(DECL_NAME(var)), NULL);
	return xstrdup(IDENTIFIER_POINTER(DECL_NAME(var)));
}

/* two variables of one function can have the same name: calls are not followed there */
static bool is_followed(tree var)
{
	return TREE_READONLY(var) && !TREE_THIS_VOLATILE(var) &&
	       !decl_function_context(var);
}

void tables_variable(struct adapter *a, tree var)
{
	unsigned int flags = is_followed(var) ? MN_TABLE_CONST : 0;
	tree init = DECL_INITIAL(var), type = TREE_TYPE(init);
	char *name;

	if (!DECL_NAME(var))
		return;
	name = name_of_variable(var);
	if (!is_callback_type(a, type))
		tell_parts(a, name, init, var);
	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (is_callback_type(a, type) ? type == TREE_TYPE(init) : flags != 0)
		tell_table(a, name, init, var, flags);
	free(name);
}

/* "ops" of ops.member and of ops->member */
static bool name_of_table(tree whole, char *name)
{
	size_t n;

	if (TREE_CODE(whole) == VAR_DECL && DECL_NAME(whole) && is_global_var(whole)) {
		char *word = name_of_variable(whole);

		snprintf(name, NAME_SIZE, "%s", word);
		free(word);
		return true;
	}
	if (!name_of_object(whole, name))
		return false;
	n = strspn(name, "*");
	memmove(name, name + n, strlen(name + n) + 1);
	return true;
}

void tables_assignment(struct adapter *a, tree to, tree func, gimple *stmt)
{
	tree whole = TREE_OPERAND(to, 0), field = TREE_OPERAND(to, 1);
	struct mn_loc loc = place_of(gimple_location(stmt));
	const char *tag;
	char name[NAME_SIZE];

	if (!is_callback_type(a, TREE_TYPE(whole)) || !DECL_NAME(field) ||
	    !DECL_NAME(func) || field_bits(field) < 0)
		return;
	tag = IDENTIFIER_POINTER(facts_tag(TREE_TYPE(whole)));
	mn_table_member(mn_table_new(a->unit, name_of_table(whole, name) ? name : tag,
				     tag, loc, 0),
			IDENTIFIER_POINTER(DECL_NAME(field)), field_bits(field),
			IDENTIFIER_POINTER(DECL_NAME(func)), loc);
}

static void tell_callees(struct mn_func *func, tree init)
{
	unsigned HOST_WIDE_INT i;
	tree value;

	FOR_EACH_CONSTRUCTOR_VALUE(CONSTRUCTOR_ELTS(init), i, value) {
		if (TREE_CODE(value) == CONSTRUCTOR)
			tell_callees(func, value);
		else if (function_in(value))
			mn_func_calls(func, function_in(value));
	}
}

/* is what @stmt loads, the address of a function, called? */
static bool is_called(gimple *stmt)
{
	tree to = stmt && gimple_assign_single_p(stmt) ? gimple_assign_lhs(stmt)
						       : NULL_TREE;
	imm_use_iterator it;
	use_operand_p use;

	if (!to || TREE_CODE(to) != SSA_NAME)
		return false;
	FOR_EACH_IMM_USE_FAST(use, it, to)
		if (is_gimple_call(USE_STMT(use)) && gimple_call_fn(USE_STMT(use)) == to)
			return true;
	return false;
}

/* GCC may have read the table already: then its function is there in its place */
void tables_called(struct mn_func *func, struct cgraph_node *node)
{
	struct ipa_ref *ref;
	unsigned int i;
	tree var;

	for (i = 0; node->indirect_calls && node->iterate_reference(i, ref); i++) {
		if (ref->referred->type == SYMTAB_FUNCTION && is_called(ref->stmt) &&
		    DECL_NAME(ref->referred->decl))
			mn_func_calls(func, IDENTIFIER_POINTER(
					      DECL_NAME(ref->referred->decl)));
		if (ref->referred->type != SYMTAB_VARIABLE)
			continue;
		var = ref->referred->decl;
		if (is_followed(var) && DECL_INITIAL(var) &&
		    TREE_CODE(DECL_INITIAL(var)) == CONSTRUCTOR)
			tell_callees(func, DECL_INITIAL(var));
	}
}
