// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts.c - what the engine wants to know of a unit before it is lowered.
 *
 * Functions the unit declares (told by the parser: unused inline functions are
 * gone when the pass runs), who calls whom, in which members functions are
 * stored, where the members of the contract lie. All of it comes from the symbol table
 * and its references; no body is walked here.
 */
#include "adapter.h"

#define FOLLOW 3	/* copies of a function's address that are followed */

/* ------------------------------------------------------------------ */
/* declarations                                                        */

void facts_declaration(struct declarations *d, tree decl)
{
	static const char prefix[] = "mmu_notifier_";
	struct declaration *new_one;
	const char *name;

	/* what the parser could not make sense of is nothing, or has no type */
	if (!decl || TREE_CODE(decl) != FUNCTION_DECL || !DECL_NAME(decl) ||
	    !TREE_TYPE(decl) || TREE_CODE(TREE_TYPE(decl)) != FUNCTION_TYPE)
		return;
	name = IDENTIFIER_POINTER(DECL_NAME(decl));
	if (strncmp(name, prefix, sizeof(prefix) - 1))
		return;
	if (d->n == d->room) {
		d->room = d->room ? 2 * d->room : 32;
		d->v = XRESIZEVEC(struct declaration, d->v, d->room);
	}
	new_one = &d->v[d->n++];
	new_one->name = xstrdup(name);
	new_one->nargs = type_num_arguments(TREE_TYPE(decl));
}

void declarations_free(struct declarations *d)
{
	int i;

	for (i = 0; i < d->n; i++)
		free(d->v[i].name);
	free(d->v);
	memset(d, 0, sizeof(*d));
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

/* the tag of the structure that @ref selects from, outside of nameless ones */
static tree tag_of_whole(tree ref)
{
	tree tag = NULL_TREE;

	for (; TREE_CODE(ref) == COMPONENT_REF && !tag; ref = TREE_OPERAND(ref, 0))
		tag = facts_tag(TREE_TYPE(TREE_OPERAND(ref, 0)));
	return tag;
}

int64_t field_bits(tree field)
{
	if (!DECL_FIELD_OFFSET(field) || !tree_fits_uhwi_p(DECL_FIELD_OFFSET(field)))
		return -1;
	return (int64_t)(tree_to_uhwi(DECL_FIELD_OFFSET(field)) * BITS_PER_UNIT +
			 tree_to_uhwi(DECL_FIELD_BIT_OFFSET(field)));
}

/* offset of @member in @type, also inside its nameless parts; -1: not there */
static int64_t member_bits(tree type, const char *member)
{
	int64_t outer, inner;
	tree field;

	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		outer = field_bits(field);
		if (DECL_NAME(field)) {
			if (!strcmp(IDENTIFIER_POINTER(DECL_NAME(field)), member))
				return outer;
			continue;
		}
		if (!RECORD_OR_UNION_TYPE_P(TREE_TYPE(field)))
			continue;
		inner = member_bits(TREE_TYPE(field), member);
		if (outer >= 0 && inner >= 0)
			return outer + inner;
	}
	return -1;
}

void facts_type(struct adapter *a, tree type)
{
	int64_t bits;
	tree tag;
	int i;

	while (POINTER_TYPE_P(type) || TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (!RECORD_OR_UNION_TYPE_P(type) || !COMPLETE_TYPE_P(type))
		return;
	type = TYPE_MAIN_VARIANT(type);
	if (a->types->add(type))
		return;
	tag = facts_tag(type);
	for (i = 0; tag && i < a->ncells; i++) {
		if (a->cells[i].tag != tag)
			continue;
		bits = member_bits(type, a->cells[i].member);
		if (bits >= 0)
			mn_unit_layout(a->unit, a->cells[i].type,
				       a->cells[i].member, bits);
	}
}

const char *facts_cell(struct adapter *a, tree ref)
{
	tree field = TREE_OPERAND(ref, 1);
	tree tag;
	bool known;
	const char **name = &a->members->get_or_insert(field, &known);
	int i;

	if (known)
		return *name;
	*name = NULL;
	facts_type(a, TREE_TYPE(TREE_OPERAND(ref, 0)));
	tag = DECL_NAME(field) ? tag_of_whole(ref) : NULL_TREE;
	for (i = 0; tag && i < a->ncells; i++)
		if (a->cells[i].tag == tag &&
		    !strcmp(a->cells[i].member, IDENTIFIER_POINTER(DECL_NAME(field))))
			*name = a->cells[i].name;
	return *name;
}

static void read_cells(struct adapter *a)
{
	const char *type, *member;
	struct cell *cell;

	while (mn_contract_cell(a->contract, a->ncells, &type, &member))
		a->ncells++;
	a->cells = XCNEWVEC(struct cell, a->ncells);
	for (int i = 0; i < a->ncells; i++) {
		cell = &a->cells[i];
		mn_contract_cell(a->contract, i, &cell->type, &cell->member);
		cell->name = concat(cell->type, ".", cell->member, NULL);
		cell->tag = maybe_get_identifier(cell->type);
	}
}

/* ------------------------------------------------------------------ */
/* functions that are stored                                           */

static void tell_stored(struct adapter *a, tree decl, tree tag, tree member)
{
	struct mn_func **func = a->funcs->get(decl);

	if (func && tag && member)
		mn_func_stored_in(*func, IDENTIFIER_POINTER(tag),
				  IDENTIFIER_POINTER(member));
}

/* every function in an initializer; @tag and @member are those around it */
static void tell_initializer(struct adapter *a, tree init, tree tag, tree member)
{
	unsigned HOST_WIDE_INT i;
	tree field, value, inner;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, field, value) {
		inner = member;
		if (field && TREE_CODE(field) == FIELD_DECL && DECL_NAME(field))
			inner = DECL_NAME(field);
		STRIP_NOPS(value);
		if (TREE_CODE(value) == CONSTRUCTOR)
			tell_initializer(a, value, RECORD_OR_UNION_TYPE_P(TREE_TYPE(value)) &&
					 facts_tag(TREE_TYPE(value)) ?
					 facts_tag(TREE_TYPE(value)) : tag, inner);
		else if (TREE_CODE(value) == ADDR_EXPR &&
			 TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL)
			tell_stored(a, TREE_OPERAND(value, 0), tag, inner);
	}
}

static void tell_variable(struct adapter *a, tree var)
{
	tree init = DECL_INITIAL(var);

	if (!init || TREE_CODE(init) != CONSTRUCTOR || a->types->add(var))
		return;
	tell_initializer(a, init, RECORD_OR_UNION_TYPE_P(TREE_TYPE(init)) ?
			 facts_tag(TREE_TYPE(init)) : NULL_TREE, NULL_TREE);
	tables_variable(a, var);
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
	struct mn_func **func = a->funcs->get(decl);
	tree callee = gimple_call_fndecl(call);
	unsigned int i;
	char number[12];

	if (!func || !callee || !DECL_NAME(callee))
		return;
	for (i = 0; i < gimple_call_num_args(call); i++) {
		if (!is_function(gimple_call_arg(call, i), decl, copy))
			continue;
		snprintf(number, sizeof(number), "%u", i + 1);
		mn_func_stored_in(*func, IDENTIFIER_POINTER(DECL_NAME(callee)), number);
	}
}

static void tell_statement(struct adapter *a, gimple *stmt, tree decl, tree copy,
			   int depth)
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
	if (TREE_CODE(to) == COMPONENT_REF) {
		tell_stored(a, decl, tag_of_whole(to), DECL_NAME(TREE_OPERAND(to, 1)));
		tables_assignment(a, to, decl, stmt);
	}
	if (TREE_CODE(to) != SSA_NAME || !depth)
		return;
	FOR_EACH_IMM_USE_FAST(use, it, to)
		tell_statement(a, USE_STMT(use), decl, to, depth - 1);
}

/*
 * EXPORT_SYMBOL() takes the address too, for other modules to call by name: in a
 * variable that lies in a section of the linker's.
 */
static bool is_export(tree decl)
{
	const char *section = DECL_SECTION_NAME(decl);

	return section && (strstr(section, "ksymtab") ||
			   strstr(section, "export_symbol") ||
			   strstr(section, ".discard."));
}

/* who takes the address of a function, and calls through a pointer, may call it */
static void tell_pointed(struct adapter *a, struct cgraph_node *caller,
			 struct cgraph_node *node)
{
	struct mn_func **func;

	if (!caller || !caller->indirect_calls || !DECL_NAME(node->decl))
		return;
	func = a->funcs->get(caller->decl);
	if (func)
		mn_func_calls(*func, IDENTIFIER_POINTER(DECL_NAME(node->decl)));
}

static void tell_references(struct adapter *a, struct cgraph_node *node)
{
	struct ipa_ref *ref;
	unsigned int i;

	for (i = 0; node->iterate_referring(i, ref); i++) {
		if (ref->use != IPA_REF_ADDR)
			continue;
		if (ref->referring->type == SYMTAB_VARIABLE) {
			if (!is_export(ref->referring->decl))
				tell_variable(a, ref->referring->decl);
		} else if (ref->stmt) {
			tell_statement(a, ref->stmt, node->decl, NULL_TREE, FOLLOW);
			tell_pointed(a, (struct cgraph_node *)ref->referring, node);
		}
	}
}

static bool address_is_taken(struct cgraph_node *node)
{
	struct ipa_ref *ref = NULL;
	unsigned int i;

	for (i = 0; node->address_taken && node->iterate_referring(i, ref); i++)
		if (ref->use == IPA_REF_ADDR &&
		    !(ref->referring->type == SYMTAB_VARIABLE &&
		      is_export(ref->referring->decl)))
			return true;
	return false;
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

tree result_aggregate(tree fntype)
{
	tree type = TREE_TYPE(fntype);

	return AGGREGATE_TYPE_P(type) ? type : NULL_TREE;
}

static void tell_function(struct adapter *a, struct cgraph_node *node)
{
	struct function *fun = DECL_STRUCT_FUNCTION(node->decl);
	struct cgraph_edge *edge;
	unsigned int flags = 0;
	struct mn_func *func;

	if (TREE_PUBLIC(node->decl) && !DECL_EXTERNAL(node->decl))
		flags |= MN_FUNC_EXTERNAL;
	if (address_is_taken(node))
		flags |= MN_FUNC_ADDRESS;
	func = mn_func_new(a->unit, IDENTIFIER_POINTER(DECL_NAME(node->decl)),
			   place_of(DECL_SOURCE_LOCATION(node->decl)),
			   list_length(DECL_ARGUMENTS(node->decl)) +
			   !!result_aggregate(TREE_TYPE(node->decl)), flags);
	if (!func)
		return;
	a->bodies[a->nbodies].func = func;
	a->bodies[a->nbodies++].decl = node->decl;
	a->funcs->put(node->decl, func);
	mn_func_size(func, n_basic_blocks_for_fn(fun) - NUM_FIXED_BLOCKS);
	for (edge = node->callees; edge; edge = edge->next_callee)
		if (DECL_NAME(edge->callee->decl))
			mn_func_calls(func, IDENTIFIER_POINTER(
					      DECL_NAME(edge->callee->decl)));
}

const struct body *body_named(const struct adapter *a, const char *name)
{
	int i;

	for (i = 0; i < a->nbodies; i++)
		if (!strcmp(mn_func_name(a->bodies[i].func), name))
			return &a->bodies[i];
	return NULL;
}

static bool has_body(struct cgraph_node *node)
{
	return DECL_NAME(node->decl) && DECL_STRUCT_FUNCTION(node->decl) &&
	       DECL_STRUCT_FUNCTION(node->decl)->cfg &&
	       gimple_in_ssa_p(DECL_STRUCT_FUNCTION(node->decl));
}

void facts_tell(struct adapter *a, const struct declarations *d)
{
	struct cgraph_node **nodes, *node;
	int i, n = 0;

	for (i = 0; i < d->n; i++)
		mn_unit_declares(a->unit, d->v[i].name, d->v[i].nargs);
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		n++;
	nodes = XNEWVEC(struct cgraph_node *, n);
	a->bodies = XNEWVEC(struct body, n);
	/* the symbol table lists the newest first */
	i = n;
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		nodes[--i] = node;
	for (i = 0; i < n; i++)
		if (has_body(nodes[i]))
			tell_function(a, nodes[i]);
	FOR_EACH_FUNCTION(node)
		if (node->address_taken)
			tell_references(a, node);
	for (i = 0; i < a->nbodies; i++)
		tables_called(a->bodies[i].func,
			      cgraph_node::get(a->bodies[i].decl));
	free(nodes);
}

void adapter_begin(struct adapter *a, const struct mn_contract *contract,
		   struct mn_unit *unit)
{
	memset(a, 0, sizeof(*a));
	a->contract = contract;
	a->unit = unit;
	a->types = new tree_set;
	a->members = new tree_texts;
	a->funcs = new tree_funcs;
	read_cells(a);
}

void adapter_end(struct adapter *a)
{
	int i;

	for (i = 0; i < a->ncells; i++)
		free((char *)a->cells[i].name);
	free(a->cells);
	free(a->bodies);
	delete a->types;
	delete a->members;
	delete a->funcs;
}
