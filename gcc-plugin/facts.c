// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts.c - what the engine wants to know of a unit before it is lowered.
 *
 * Functions the unit declares (reported by the parser: unused inline functions are
 * gone when the pass runs), which function calls which, in which members functions are
 * stored, where the members of the contract lie. All of it comes from the symbol table
 * and its references; no body is walked here.
 */
#include "adapter.h"

#define FOLLOW 3	/* copies of a function's address that are followed */

/* ------------------------------------------------------------------ */
/* declarations                                                        */

/*
 * Called for each of the ten thousands of declarations of a unit, members included: what it
 * costs here, units pay that name no function of the API.
 */
void facts_declaration(void *event, void *declared)
{
	tree decl = (tree)event;

	/* what the parser could not make sense of is nothing, or has no type */
	if (!decl || TREE_CODE(decl) != FUNCTION_DECL || !DECL_NAME(decl) ||
	    !mn_is_api(IDENTIFIER_POINTER(DECL_NAME(decl))) || !TREE_TYPE(decl) ||
	    TREE_CODE(TREE_TYPE(decl)) != FUNCTION_TYPE)
		return;
	mn_declare((struct mn_declared *)declared, word_of(decl), type_num_arguments(TREE_TYPE(decl)));
}

/* ------------------------------------------------------------------ */
/* structures and their members                                        */

tree facts_tag(tree type)
{
	tree name = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name;
}

tree tag_of_whole(tree ref)
{
	tree whole = TREE_CODE(ref) == COMPONENT_REF ? TREE_OPERAND(ref, 0) : NULL_TREE;
	tree tag = whole ? facts_tag(TREE_TYPE(whole)) : NULL_TREE;

	return whole && !tag && TREE_CODE(whole) == COMPONENT_REF &&
	       !DECL_NAME(TREE_OPERAND(whole, 1)) ? tag_of_whole(whole) : tag;
}

int64_t field_bits(tree field)
{
	tree bytes = DECL_FIELD_OFFSET(field);
	int64_t bits = 0;

	if (!tree_fits_uhwi_p(bytes) ||
	    !mn_bits_add(&bits, (int64_t)tree_to_uhwi(bytes), BITS_PER_UNIT))
		return -1;
	/* there is room: they are less than what the bytes are a multiple of */
	return bits + (int64_t)tree_to_uhwi(DECL_FIELD_BIT_OFFSET(field));
}

/* offset of @member in @type, also inside its nameless parts; -1: not there */
static int64_t member_bits(tree type, const char *member)
{
	int64_t outer, inner;

	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		outer = field_bits(field);
		if (DECL_NAME(field)) {
			if (!strcmp(word_of(field), member))
				return outer;
			continue;
		}
		if (!is_structure(TREE_TYPE(field)))
			continue;
		inner = member_bits(TREE_TYPE(field), member);
		if (outer >= 0 && inner >= 0)
			return outer + inner;
	}
	return -1;
}

void facts_type(struct adapter *a, tree type)
{
	const struct mn_cell *cell;
	int64_t bits;
	tree tag;

	while (TREE_CODE(type) == POINTER_TYPE || TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (!is_structure(type) || !COMPLETE_TYPE_P(type))
		return;
	type = TYPE_MAIN_VARIANT(type);
	if (a->types.add(type))
		return;
	tag = facts_tag(type);
	for (int i = 0; tag && i < a->run.cells.n; i++) {
		cell = &a->run.cells.v[i];
		bits = cell->tag == tag ? member_bits(type, cell->member) : -1;
		if (bits >= 0)
			mn_unit_layout(a->run.unit, cell->type, cell->member, bits);
	}
}

const char *facts_cell(struct adapter *a, tree ref)
{
	tree field = TREE_OPERAND(ref, 1), tag = facts_tag(TREE_TYPE(field));

	facts_type(a, TREE_TYPE(TREE_OPERAND(ref, 0)));
	if (!tag && TYPE_NAME(TREE_TYPE(field)))
		tag = DECL_NAME(TYPE_NAME(TREE_TYPE(field)));
	return mn_run_is_lock(&a->run, tag) ? name_of_member(a, ref) :
	       mn_run_cell(&a->run, tag_of_whole(ref), DECL_NAME(field));
}

/* ------------------------------------------------------------------ */
/* functions that are stored                                           */

struct mn_func *func_of(const struct adapter *a, tree decl)
{
	return mn_run_func(&a->run, word_of(decl));
}

/* the address of function @decl, or the copy @copy of it */
static bool is_function(tree value, tree decl, tree copy)
{
	if (copy)
		return value == copy;
	return TREE_CODE(value) == ADDR_EXPR && TREE_OPERAND(value, 0) == decl;
}

static void tell_arguments(struct adapter *a, gimple *call, tree decl, tree copy)
{
	tree callee = gimple_call_fndecl(call);

	if (!callee)
		return;
	for (int i = 0; i < (int)gimple_call_num_args(call); i++)
		if (is_function(gimple_call_arg(call, i), decl, copy))
			mn_run_argument(&a->run, word_of(decl), word_of(callee), i + 1);
}

static void tell_member(struct adapter *a, gimple *stmt, tree to, tree decl)
{
	tree tag = tag_of_whole(to), field = TREE_OPERAND(to, 1);

	if (!tag || !DECL_NAME(field))
		return;
	mn_run_stored(&a->run, word_of(decl), IDENTIFIER_POINTER(tag), word_of(field));
	tables_assignment(a, to, IDENTIFIER_POINTER(tag), decl, stmt);
}

static void tell_statement(struct adapter *a, gimple *stmt, tree decl, tree copy, int depth)
{
	tree to = NULL_TREE;
	imm_use_iterator it;
	use_operand_p use;

	if (is_gimple_call(stmt))
		tell_arguments(a, stmt, decl, copy);
	else if (gimple_code(stmt) == GIMPLE_PHI)
		to = gimple_phi_result(stmt);
	else if (gimple_assign_single_p(stmt) || gimple_assign_cast_p(stmt))
		to = gimple_assign_lhs(stmt);
	if (!to)
		return;
	while (TREE_CODE(to) == ARRAY_REF)
		to = TREE_OPERAND(to, 0);
	if (TREE_CODE(to) == COMPONENT_REF)
		tell_member(a, stmt, to, decl);
	if (TREE_CODE(to) != SSA_NAME || !depth)
		return;
	FOR_EACH_IMM_USE_FAST(use, it, to)
		tell_statement(a, USE_STMT(use), decl, to, depth - 1);
}

/* a function that takes the address of one, and calls through a pointer, may call it */
static void tell_pointed(struct adapter *a, struct cgraph_node *caller, struct cgraph_node *node)
{
	struct mn_func *func = caller && caller->indirect_calls ?
			       func_of(a, caller->decl) : NULL;

	if (func)
		mn_func_calls(func, word_of(node->decl));
}

static void tell_references(struct adapter *a, struct cgraph_node *node)
{
	const char *word = word_of(node->decl);
	struct ipa_ref *ref;

	for (unsigned int i = 0; node->iterate_referring(i, ref); i++) {
		if (ref->use != IPA_REF_ADDR)
			continue;
		if (ref->referring->type == SYMTAB_VARIABLE && mn_is_export(DECL_SECTION_NAME(ref->referring->decl))) {
			mn_run_stored(&a->run, word, MN_EXPORT, NULL);
			continue;
		}
		mn_run_stored(&a->run, word, NULL, NULL);
		if (ref->referring->type == SYMTAB_VARIABLE) {
			tables_variable(a, ref->referring->decl);
		} else if (ref->stmt) {
			tell_statement(a, ref->stmt, node->decl, NULL_TREE, FOLLOW);
			tell_pointed(a, (struct cgraph_node *)ref->referring, node);
		}
	}
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

tree result_aggregate(tree fntype)
{
	tree type = TREE_TYPE(fntype);

	return is_aggregate(type) ? type : NULL_TREE;
}

static void tell_function(struct adapter *a, struct cgraph_node *node)
{
	struct function *fun = DECL_STRUCT_FUNCTION(node->decl);
	struct cgraph_edge *edge;
	unsigned int flags = 0;
	struct mn_func *func;

	if (TREE_PUBLIC(node->decl) && !DECL_EXTERNAL(node->decl))
		flags |= MN_FUNC_EXTERNAL;
	if (DECL_WEAK(node->decl))
		flags |= MN_FUNC_WEAK;
	if (node->indirect_calls)
		flags |= MN_FUNC_INDIRECT;
	func = mn_run_function(&a->run, word_of(node->decl),
			       place_of(DECL_SOURCE_LOCATION(node->decl)),
			       list_length(DECL_ARGUMENTS(node->decl)) +
			       !!result_aggregate(TREE_TYPE(node->decl)), flags, node->decl);
	if (!func)
		return;
	mn_func_size(func, n_basic_blocks_for_fn(fun) - NUM_FIXED_BLOCKS);
	for (edge = node->callees; edge; edge = edge->next_callee)
		mn_func_calls(func, word_of(edge->callee->decl));
}

static bool has_body(struct cgraph_node *node)
{
	return DECL_STRUCT_FUNCTION(node->decl)->cfg &&
	       gimple_in_ssa_p(DECL_STRUCT_FUNCTION(node->decl));
}

void facts_tell(struct mn_run *run)
{
	struct adapter *a = (struct adapter *)run->data;
	struct cgraph_node *node;
	node_list nodes;
	int i;

	mn_declared_tell(a->declared, run->unit);
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		if (has_body(node))
			nodes.safe_push(node);
	/* the symbol table lists the newest first */
	for (i = (int)nodes.length(); i-- > 0; )
		tell_function(a, nodes[i]);
	FOR_EACH_FUNCTION(node) {
		if (node->alias && node->analyzed)
			mn_run_alias(run, word_of(node->get_alias_target()->decl), word_of(node->decl));
		if (node->address_taken)
			tell_references(a, node);
	}
	for (i = (int)nodes.length(); i-- > 0; )
		if (mn_run_body(run, word_of(nodes[i]->decl)) == nodes[i]->decl)
			tables_called(func_of(a, nodes[i]->decl), nodes[i]);
}
