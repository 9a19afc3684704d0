// SPDX-License-Identifier: GPL-2.0-only
/*
 * tables.c - variables that hold functions, as the engine gets them.
 *
 * Initialisers are walked here, and assignments to members at run time; facts.c finds
 * them by the functions whose address they take, so that a variable without functions
 * costs nothing. What a table means is the contract's.
 */
#include "adapter.h"

/* the function whose address @value is, or NULL */
static const char *function_in(tree value)
{
	STRIP_NOPS(value);
	if (TREE_CODE(value) != ADDR_EXPR ||
	    TREE_CODE(TREE_OPERAND(value, 0)) != FUNCTION_DECL)
		return NULL;
	return word_of(TREE_OPERAND(value, 0));
}

/* as lower_function() names it; not the source's word only where that is not unique */
static const char *name_of_variable(const struct adapter *a, tree var)
{
	tree around = decl_function_context(var);

	return around && !TREE_PUBLIC(var) ?
	       mn_run_text(&a->run, "%s.%s", word_of(around), word_of(var)) : word_of(var);
}

static bool is_followed(tree var)
{
	return TREE_READONLY(var) && !TREE_THIS_VOLATILE(var);
}

/* an initialiser, and the way to what is in it */
struct walk {
	struct adapter *a;
	struct mn_func *caller;		/* may call what is in it; no more is reported */
	struct mn_setter set;
	part_list parts;
};

static struct mn_loc place_of_value(tree value, struct mn_loc other)
{
	return EXPR_LOCATION(value) == UNKNOWN_LOCATION ? other : place_of(EXPR_LOCATION(value));
}

static void met_function(struct walk *w, tree value)
{
	const struct mn_part *last = mn_last_member(w->parts.address(), (int)w->parts.length());

	w->set.func = function_in(value);
	if (w->caller && w->set.func)
		mn_func_calls(w->caller, w->set.func);
	if (w->caller || !w->set.func || !last)
		return;
	if (last->tag)
		mn_run_stored(&w->a->run, w->set.func, last->tag, last->member);
	w->set.at = place_of_value(value, w->set.whole);
	w->set.parts = w->parts.address();
	w->set.nparts = (int)w->parts.length();
	mn_run_setter(&w->a->run, &w->set);
}

/* @tag: of the structure, or of the one around it */
static void walk_initializer(struct walk *w, tree init, tree tag)
{
	tree type = TREE_TYPE(init), index, value;
	unsigned HOST_WIDE_INT i;

	if (is_structure(type) && facts_tag(type))
		tag = facts_tag(type);
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		struct mn_part part = {};

		part.bits = element_bits(type, index);
		if (index && TREE_CODE(index) == FIELD_DECL) {
			part.tag = tag ? IDENTIFIER_POINTER(tag) : NULL;
			part.member = DECL_NAME(index) ? word_of(index) : "";
		} else if (part.bits >= 0) {
			part.index = tree_to_shwi(index);
		}
		w->parts.safe_push(part);
		STRIP_NOPS(value);
		if (TREE_CODE(value) == CONSTRUCTOR)
			walk_initializer(w, value, tag);
		else
			met_function(w, value);
		w->parts.pop();
	}
}

void tables_variable(struct adapter *a, tree var)
{
	tree init = DECL_INITIAL(var);
	struct walk w;

	if (!init || TREE_CODE(init) != CONSTRUCTOR || a->types.add(var))
		return;
	memset(&w.set, 0, sizeof(w.set));
	w.a = a;
	w.caller = NULL;
	w.set.followed = is_followed(var);
	w.set.whole = place_of(DECL_SOURCE_LOCATION(var));
	w.set.variable = name_of_variable(a, var);
	walk_initializer(&w, init, NULL_TREE);
}

/* "ops" of ops.member and of ops->member */
static const char *name_of_table(const struct adapter *a, tree whole)
{
	struct mn_words words = {};
	const char *name;

	if (TREE_CODE(whole) == VAR_DECL && is_global_var(whole))
		return name_of_variable(a, whole);
	name = name_of_object(&words, whole);
	return name ? mn_run_text(&a->run, "%s", name + strspn(name, "*")) : NULL;
}

void tables_assignment(struct adapter *a, tree to, const char *tag, tree func, gimple *stmt)
{
	tree whole = TREE_OPERAND(to, 0), field = TREE_OPERAND(to, 1);
	struct mn_setter set = {};
	struct mn_part part = {};

	if (!mn_contract_calls_back(a->run.contract, tag))
		return;
	part.tag = tag;
	part.member = word_of(field);
	part.bits = field_bits(field);
	set.variable = name_of_table(a, whole);
	set.assigned = true;
	set.func = word_of(func);
	set.whole = place_of(gimple_location(stmt));
	set.at = place_of_value(gimple_assign_rhs1(stmt), set.whole);
	set.parts = &part;
	set.nparts = 1;
	mn_run_setter(&a->run, &set);
}

/* is what @stmt loads, the address of a function, called? */
static bool is_called(gimple *stmt)
{
	tree to = stmt && gimple_assign_single_p(stmt) ? gimple_assign_lhs(stmt) : NULL_TREE;
	imm_use_iterator it;
	use_operand_p use;

	if (to && TREE_CODE(to) == SSA_NAME)
		FOR_EACH_IMM_USE_FAST(use, it, to)
			if (is_gimple_call(USE_STMT(use)) &&
			    gimple_call_fn(USE_STMT(use)) == to)
				return true;
	return false;
}

/* GCC may have read the table already: then its function is there in its place */
void tables_called(struct mn_func *func, struct cgraph_node *node)
{
	struct ipa_ref *ref;
	struct walk w;
	tree var;

	for (unsigned int i = 0; node->indirect_calls && node->iterate_reference(i, ref); i++) {
		if (ref->referred->type == SYMTAB_FUNCTION && is_called(ref->stmt))
			mn_func_calls(func, word_of(ref->referred->decl));
		if (ref->referred->type != SYMTAB_VARIABLE)
			continue;
		var = ref->referred->decl;
		w.caller = func;
		if (is_followed(var) && DECL_INITIAL(var) &&
		    TREE_CODE(DECL_INITIAL(var)) == CONSTRUCTOR)
			walk_initializer(&w, DECL_INITIAL(var), NULL_TREE);
	}
}
