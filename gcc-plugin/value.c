// SPDX-License-Identifier: GPL-2.0-only
/*
 * value.c - GIMPLE's operands and memory references as values of the engine.
 *
 * A reference is walked from the outside to the object or pointer it starts from,
 * adding up bits on the way; so that equal cells get equal addresses, whatever
 * way they are written. An index that is not constant is a pure function "[]" of
 * array and index. No statement is looked at here.
 */
#include "adapter.h"

#define INITIALIZER_MAX 64	/* stores that a copied initializer may become */

/* ------------------------------------------------------------------ */
/* what the prologue holds                                             */

static mn_val variable(struct lowering *l, tree decl)
{
	const char *word = word_of(DECL_NAME(decl) ? decl : l->fun->decl);
	const char *shown = name_of_decl(decl), *owner = "";
	bool local = !is_global_var(decl);

	if (TREE_PUBLIC(decl) || DECL_EXTERNAL(decl) ||
	    (!local && !decl_function_context(decl)))
		return mn_object(l, decl, MN_GLOBAL, TREE_PUBLIC(decl) || DECL_EXTERNAL(decl) ?
				 word : mn_run_static(&l->a->run, word), shown);
	if (!local)
		owner = mn_run_text(&l->a->run, "%s.", mn_func_name(l->func));
	return mn_object(l, decl, local ? MN_LOCAL : MN_GLOBAL,
			 mn_unique_name(l, owner, word), shown);
}

/* the address of a declaration */
static mn_val object(struct lowering *l, tree decl)
{
	mn_val v = mn_known(l, decl);

	if (v)
		return v;
	switch (TREE_CODE(decl)) {
	case FUNCTION_DECL:
		return mn_object(l, decl, MN_FUNC, word_of(decl), NULL);
	case VAR_DECL:
	case PARM_DECL:
	case RESULT_DECL:
		return variable(l, decl);
	default:	/* a string, a label, a constant */
		return mn_object(l, decl, MN_UNKNOWN, NULL, NULL);
	}
}

/* ------------------------------------------------------------------ */
/* SSA names                                                           */

/* the value of @ssa on entry: a parameter, or a variable without a store */
static mn_val entry_value(struct lowering *l, tree ssa)
{
	mn_val v = mn_known(l, SSA_NAME_VAR(ssa));

	return v ? v : mn_entry_value(l, name_of_ssa(ssa));
}

mn_val ssa_value(struct lowering *l, tree ssa)
{
	mn_val *v = &l->ssa[SSA_NAME_VERSION(ssa)];

	if (*v)
		return *v;
	if (SSA_NAME_IS_DEFAULT_DEF(ssa))
		*v = entry_value(l, ssa);
	else
		*v = mn_value(l->func, name_of_ssa(ssa));
	return *v;
}

/* @ssa is defined as the value @v */
static void ssa_copy(struct lowering *l, tree ssa, mn_val v)
{
	mn_val *known = &l->ssa[SSA_NAME_VERSION(ssa)];

	/* a temporary that is not used yet needs no value of its own */
	if (!*known && !name_of_ssa(ssa))
		*known = v;
	else
		mn_put_op(l, MN_COPY, ssa_value(l, ssa), v, MN_NONE);
}

bool name_value(struct lowering *l, mn_val v, tree value)
{
	struct mn_words words = {};

	if (TREE_CODE(value) == INTEGER_CST)
		return true;
	/* a variable's value has got its name when it was made */
	if (TREE_CODE(value) == SSA_NAME && l->ssa[SSA_NAME_VERSION(value)] == v &&
	    name_of_ssa(value))
		return true;
	return mn_name_value(l, v, name_of_value(&words, value));
}

/* ------------------------------------------------------------------ */
/* memory                                                              */

/* @bits at or behind @base */
struct part {
	mn_val base;
	int64_t bits;
};

static struct part part_of(struct lowering *l, tree ref);

static struct part part_unknown(struct lowering *l)
{
	return { mn_put_unknown(l), 0 };
}

static struct part part_member(struct lowering *l, tree ref)
{
	struct part p = part_of(l, TREE_OPERAND(ref, 0));
	const char *cell = facts_cell(l->a, ref);
	int64_t bits = field_bits(TREE_OPERAND(ref, 1));

	if (bits < 0 || !mn_bits_add(&p.bits, bits, 1))
		return part_unknown(l);
	if (cell) {
		p.base = mn_put_part(l, MN_NONE, p.base, p.bits, cell);
		p.bits = 0;
	}
	return p;
}

static struct part part_element(struct lowering *l, tree ref)
{
	struct part p = part_of(l, TREE_OPERAND(ref, 0));
	int64_t size = bits_of(TREE_TYPE(ref));
	tree index = TREE_OPERAND(ref, 1);
	mn_val args[2];

	if (tree_fits_shwi_p(index) && size >= 0 &&
	    mn_bits_add(&p.bits, tree_to_shwi(index), size))
		return p;
	args[0] = mn_put_part(l, MN_NONE, p.base, p.bits, NULL);
	args[1] = operand(l, index);
	return { mn_put_named(l, MN_PURE, MN_NONE, "[]", args, 2), 0 };
}

static struct part part_pointed(struct lowering *l, tree ref)
{
	struct part p = { operand(l, TREE_OPERAND(ref, 0)), 0 };
	HOST_WIDE_INT bytes;

	if (!mem_ref_offset(ref).force_shwi().is_constant(&bytes) ||
	    !mn_bits_add(&p.bits, bytes, BITS_PER_UNIT))
		return part_unknown(l);
	return p;
}

static struct part part_of(struct lowering *l, tree ref)
{
	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		return part_member(l, ref);
	case ARRAY_REF:
		return part_element(l, ref);
	case MEM_REF:
		return part_pointed(l, ref);
	case VIEW_CONVERT_EXPR:
	case REALPART_EXPR:
		return part_of(l, TREE_OPERAND(ref, 0));
	default:
		if (!DECL_P(ref) && TREE_CODE(ref) != STRING_CST)
			return part_unknown(l);
		return { object(l, ref), 0 };
	}
}

mn_val address(struct lowering *l, tree ref)
{
	struct part p = part_of(l, ref);

	return mn_put_part(l, MN_NONE, p.base, p.bits, NULL);
}

void load(struct lowering *l, mn_val dst, tree ref)
{
	tree part = ref;

	while (handled_component_p(part) && TREE_CODE(part) != IMAGPART_EXPR)
		part = TREE_OPERAND(part, 0);
	/* of an SSA name, such as the flag of an overflow check; bits of members, which lower_test() looks at */
	if (TREE_THIS_VOLATILE(ref) || TREE_CODE(ref) == BIT_FIELD_REF ||
	    (!DECL_P(part) && TREE_CODE(part) != MEM_REF))
		mn_put_op(l, MN_UNKNOWN, dst, MN_NONE, MN_NONE);
	else
		mn_put_load(l, dst, address(l, ref));
}

mn_val operand(struct lowering *l, tree value)
{
	mn_val v;

	if (TREE_CODE(value) == REALPART_EXPR && TREE_CODE(TREE_OPERAND(value, 0)) == SSA_NAME)
		value = TREE_OPERAND(value, 0);
	switch (TREE_CODE(value)) {
	case SSA_NAME:
		return ssa_value(l, value);
	case INTEGER_CST:
		return mn_constant(l, mn_key(value), (int64_t)TREE_INT_CST_LOW(value));
	case ADDR_EXPR:
		return address(l, TREE_OPERAND(value, 0));
	default:
		v = mn_value(l->func, NULL);
		load(l, v, value);
		return v;
	}
}

/* ------------------------------------------------------------------ */
/* aggregates                                                          */

/* the one member of @type, or NULL_TREE */
static tree only_field(tree type)
{
	tree field, only = NULL_TREE;

	for (field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		if (only)
			return NULL_TREE;
		only = field;
	}
	return only;
}

bool is_wrapped_scalar(tree type)
{
	tree size = TYPE_SIZE(type);
	tree field;

	while (is_structure(type)) {
		field = only_field(type);
		if (!field || !tree_int_cst_equal(DECL_SIZE(field), size))
			return false;
		type = TREE_TYPE(field);
	}
	return size && TREE_CODE(type) != ARRAY_TYPE;
}

bool by_address(tree type)
{
	return is_aggregate(type) && !is_wrapped_scalar(type);
}

int64_t bits_of(tree type)
{
	if (!tree_fits_shwi_p(TYPE_SIZE(type)))
		return MN_BITS_UNKNOWN;
	return tree_to_shwi(TYPE_SIZE(type));
}

void set_lhs(struct lowering *l, tree lhs, mn_val value)
{
	if (lhs && TREE_CODE(lhs) == SSA_NAME)
		ssa_copy(l, lhs, value);
	else if (lhs)
		mn_put_store(l, address(l, lhs), value,
			     mn_func_reached(l->func) ? name_of_member(l->a, lhs) : NULL);
}

void move(struct lowering *l, mn_val to, mn_val from, tree type)
{
	mn_put_move(l, to, from, is_wrapped_scalar(type) ? MN_BITS_SCALAR : bits_of(type));
}

int64_t element_bits(tree type, tree index)
{
	int64_t bits = 0;

	if (index && TREE_CODE(index) == FIELD_DECL)
		return field_bits(index);
	if (!index || !tree_fits_shwi_p(index))	/* a table that C++ makes; [0 ... 9] */
		return -1;
	return mn_bits_add(&bits, tree_to_shwi(index), bits_of(TREE_TYPE(type))) ? bits : -1;
}

/* the parts of @init; false: there are more than @room, or the place of one is not constant */
static bool store_parts(struct lowering *l, mn_val at, tree init, int64_t from, int *room)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;
	int64_t bits;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		bits = element_bits(TREE_TYPE(init), index);
		if (bits < 0)
			return false;
		STRIP_NOPS(value);
		if (TREE_CODE(value) == CONSTRUCTOR ? !store_parts(l, at, value, from + bits, room) : !(*room)--)
			return false;
		if (TREE_CODE(value) != CONSTRUCTOR)
			mn_put_store(l, mn_put_part(l, MN_NONE, at, from + bits, NULL),
				     is_gimple_min_invariant(value) ? operand(l, value) :
				     mn_put_unknown(l), NULL);
	}
	return true;
}

bool store_initializer(struct lowering *l, mn_val at, tree init)
{
	int room = INITIALIZER_MAX;

	mn_put_zero(l, at, bits_of(TREE_TYPE(init)));
	return store_parts(l, at, init, 0, &room);
}
