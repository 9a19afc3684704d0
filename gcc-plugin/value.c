// SPDX-License-Identifier: GPL-2.0-only
/*
 * value.c - GIMPLE's operands and memory references as values of the engine.
 *
 * A reference is walked from the outside to the object or pointer it starts from,
 * adding up bits on the way; so that equal cells get equal addresses, whatever
 * way they are written. An index that is not constant is a pure function "[]" of
 * array and index. No statement is looked at here.
 */
#include "lower.h"

#define INITIALIZER_MAX 64	/* stores that a copied initializer may become */

struct mn_insn insn(const struct lowering *l, enum mn_op op)
{
	struct mn_insn in;

	memset(&in, 0, sizeof(in));
	in.op = op;
	in.loc = l->loc;
	return in;
}

void put_insn(struct lowering *l, const struct mn_insn *in)
{
	mn_emit(l->func, l->block, in);
}

static mn_val defined(struct lowering *l, mn_val dst)
{
	return dst ? dst : mn_value(l->func, NULL);
}

mn_val emit(struct lowering *l, enum mn_op op, mn_val dst, mn_val a, mn_val b)
{
	struct mn_insn in = insn(l, op);

	in.dst = defined(l, dst);
	in.a = a;
	in.b = b;
	put_insn(l, &in);
	return in.dst;
}

mn_val emit_named(struct lowering *l, enum mn_op op, mn_val dst, const char *name,
		  const mn_val *args, int nargs)
{
	struct mn_insn in = insn(l, op);

	in.dst = defined(l, dst);
	in.name = name;
	in.args = args;
	in.nargs = nargs;
	put_insn(l, &in);
	return in.dst;
}

mn_val unknown(struct lowering *l)
{
	return emit(l, MN_UNKNOWN, MN_NONE, MN_NONE, MN_NONE);
}

mn_val number(struct lowering *l, int64_t value, mn_val dst)
{
	struct mn_insn in = insn(l, MN_CONST);

	in.dst = defined(l, dst);
	in.imm = value;
	put_insn(l, &in);
	return in.dst;
}

/* ------------------------------------------------------------------ */
/* what the prologue holds                                             */

/* from here on instructions go to the prologue; give the answer back to leave() */
static int enter_prologue(struct lowering *l)
{
	int block = l->block;

	l->block = PROLOGUE;
	return block;
}

mn_val constant(struct lowering *l, tree cst)
{
	bool known;
	mn_val *v = &l->fixed->get_or_insert(cst, &known);
	int block;

	if (known)
		return *v;
	block = enter_prologue(l);
	*v = number(l, (int64_t)TREE_INT_CST_LOW(cst), MN_NONE);
	l->block = block;
	return *v;
}

/* a word for an object that no other object of the function has */
static char *unique_name(struct lowering *l, tree identifier, const char *before)
{
	int *count = &l->names->get_or_insert(identifier);
	const char *word = IDENTIFIER_POINTER(identifier);

	if (!(*count)++)
		return concat(before, word, NULL);
	return xasprintf("%s%s.%d", before, word, *count);
}

static mn_val object_named(struct lowering *l, enum mn_op op, const char *name,
			   const char *shown)
{
	struct mn_insn in = insn(l, op);
	char text[NAME_SIZE];

	if (shown)
		snprintf(text, sizeof(text), "&%s", shown);
	in.dst = mn_value(l->func, shown ? text : NULL);
	in.name = name;
	put_insn(l, &in);
	return in.dst;
}

static mn_val variable(struct lowering *l, tree decl)
{
	bool local = !is_global_var(decl);
	tree identifier = DECL_NAME(decl) ? DECL_NAME(decl) :
			  DECL_NAME(l->fun->decl);
	char *name, *owner;
	mn_val v;

	if (TREE_PUBLIC(decl) || DECL_EXTERNAL(decl) ||
	    (!local && !decl_function_context(decl)))
		return object_named(l, MN_GLOBAL, IDENTIFIER_POINTER(identifier),
				    name_of_decl(decl));
	owner = local ? xstrdup("") : concat(mn_func_name(l->func), ".", NULL);
	name = unique_name(l, identifier, owner);
	v = object_named(l, local ? MN_LOCAL : MN_GLOBAL, name, name_of_decl(decl));
	free(name);
	free(owner);
	return v;
}

/* the address of a declaration */
static mn_val object(struct lowering *l, tree decl)
{
	mn_val *v = l->fixed->get(decl);
	mn_val made;
	int block;

	if (v)
		return *v;
	block = enter_prologue(l);
	switch (TREE_CODE(decl)) {
	case FUNCTION_DECL:
		made = object_named(l, MN_FUNC, IDENTIFIER_POINTER(DECL_NAME(decl)),
				    NULL);
		break;
	case VAR_DECL:
	case PARM_DECL:
	case RESULT_DECL:
		made = variable(l, decl);
		break;
	default:	/* a string, a label, a constant */
		made = unknown(l);
	}
	l->fixed->put(decl, made);
	l->block = block;
	return made;
}

mn_val scratch(struct lowering *l, tree about)
{
	tree identifier = about ? DECL_NAME(about) : NULL_TREE;
	int block = enter_prologue(l);
	char *name = unique_name(l, identifier ? identifier : DECL_NAME(l->fun->decl),
				 "result of ");
	mn_val v = object_named(l, MN_LOCAL, name, NULL);

	free(name);
	l->block = block;
	return v;
}

/* ------------------------------------------------------------------ */
/* SSA names                                                           */

static mn_val parameter(struct lowering *l, tree parm)
{
	tree p = DECL_ARGUMENTS(l->fun->decl);
	mn_val v = 1;

	for (; p && p != parm; p = DECL_CHAIN(p))
		v++;
	return p ? v : MN_NONE;
}

/* the value of @ssa on entry: a parameter, or a variable nobody has set */
static mn_val entry_value(struct lowering *l, tree ssa)
{
	tree var = SSA_NAME_VAR(ssa);
	mn_val v = var ? parameter(l, var) : MN_NONE;
	int block;

	if (v)
		return v;
	block = enter_prologue(l);
	v = emit(l, MN_UNKNOWN, mn_value(l->func, var ? name_of_decl(var) : NULL),
		 MN_NONE, MN_NONE);
	l->block = block;
	return v;
}

mn_val ssa_value(struct lowering *l, tree ssa)
{
	mn_val *v = &l->ssa[SSA_NAME_VERSION(ssa)];
	tree var = SSA_NAME_VAR(ssa);

	if (*v)
		return *v;
	if (SSA_NAME_IS_DEFAULT_DEF(ssa))
		*v = entry_value(l, ssa);
	else
		*v = mn_value(l->func, var ? name_of_decl(var) : NULL);
	return *v;
}

void ssa_copy(struct lowering *l, tree ssa, mn_val v)
{
	mn_val *known = &l->ssa[SSA_NAME_VERSION(ssa)];
	tree var = SSA_NAME_VAR(ssa);

	/* a temporary that nobody has asked for yet needs no value of its own */
	if (!*known && (!var || !name_of_decl(var)))
		*known = v;
	else
		emit(l, MN_COPY, ssa_value(l, ssa), v, MN_NONE);
}

bool name_value(struct lowering *l, mn_val v, tree value)
{
	char name[NAME_SIZE];

	if (TREE_CODE(value) == INTEGER_CST)
		return true;
	/* a variable's value has got its name when it was made */
	if (TREE_CODE(value) == SSA_NAME && l->ssa[SSA_NAME_VERSION(value)] == v &&
	    SSA_NAME_VAR(value) && name_of_decl(SSA_NAME_VAR(value)))
		return true;
	if (!name_of_value(value, name) || ISDIGIT(name[0]) || name[0] == '-')
		return false;
	mn_value_name(l->func, v, name);
	return true;
}

/* ------------------------------------------------------------------ */
/* memory                                                              */

mn_val address_plus(struct lowering *l, mn_val base, int64_t bits,
		    const char *cell, mn_val dst)
{
	struct mn_insn in = insn(l, MN_ADDR);

	if (!bits && !cell && !dst)
		return base;
	in.dst = defined(l, dst);
	in.a = base;
	in.imm = bits;
	in.name = cell;
	put_insn(l, &in);
	return in.dst;
}

/* @bits at or behind @base */
struct part {
	mn_val base;
	int64_t bits;
};

static struct part part_of(struct lowering *l, tree ref);

static struct part part_unknown(struct lowering *l)
{
	struct part p = { unknown(l), 0 };

	return p;
}

static struct part part_member(struct lowering *l, tree ref)
{
	struct part p = part_of(l, TREE_OPERAND(ref, 0));
	const char *cell = facts_cell(l->a, ref);
	int64_t bits = field_bits(TREE_OPERAND(ref, 1));

	if (bits < 0)
		return part_unknown(l);
	p.bits += bits;
	if (cell) {
		p.base = address_plus(l, p.base, p.bits, cell, MN_NONE);
		p.bits = 0;
	}
	return p;
}

static struct part part_element(struct lowering *l, tree ref)
{
	struct part p = part_of(l, TREE_OPERAND(ref, 0));
	tree index = TREE_OPERAND(ref, 1);
	tree low = array_ref_low_bound(ref);
	tree size = TYPE_SIZE(TREE_TYPE(ref));
	mn_val args[2];

	if (tree_fits_shwi_p(index) && integer_zerop(low) && size &&
	    tree_fits_shwi_p(size)) {
		p.bits += tree_to_shwi(index) * tree_to_shwi(size);
		return p;
	}
	args[0] = address_plus(l, p.base, p.bits, NULL, MN_NONE);
	args[1] = operand(l, index);
	p.base = emit_named(l, MN_PURE, MN_NONE, "[]", args, 2);
	p.bits = 0;
	return p;
}

static struct part part_pointed(struct lowering *l, tree ref)
{
	struct part p = { operand(l, TREE_OPERAND(ref, 0)), 0 };
	HOST_WIDE_INT bytes;

	if (!mem_ref_offset(ref).force_shwi().is_constant(&bytes))
		return part_unknown(l);
	p.bits = bytes * BITS_PER_UNIT;
	return p;
}

static struct part part_of(struct lowering *l, tree ref)
{
	struct part p;

	switch (TREE_CODE(ref)) {
	case COMPONENT_REF:
		return part_member(l, ref);
	case ARRAY_REF:
		return part_element(l, ref);
	case MEM_REF:
		return part_pointed(l, ref);
	case BIT_FIELD_REF:
		p = part_of(l, TREE_OPERAND(ref, 0));
		p.bits += tree_to_uhwi(TREE_OPERAND(ref, 2));
		return p;
	case VIEW_CONVERT_EXPR:
	case REALPART_EXPR:
		return part_of(l, TREE_OPERAND(ref, 0));
	default:
		if (!DECL_P(ref) && TREE_CODE(ref) != STRING_CST)
			return part_unknown(l);
		p.base = object(l, ref);
		p.bits = 0;
		return p;
	}
}

mn_val address(struct lowering *l, tree ref)
{
	struct part p = part_of(l, ref);

	return address_plus(l, p.base, p.bits, NULL, MN_NONE);
}

void load(struct lowering *l, mn_val dst, tree ref)
{
	tree part = ref;

	while (handled_component_p(part) && TREE_CODE(part) != IMAGPART_EXPR)
		part = TREE_OPERAND(part, 0);
	/* of an SSA name, such as the flag of an overflow check */
	if (TREE_THIS_VOLATILE(ref) || (!DECL_P(part) && TREE_CODE(part) != MEM_REF))
		emit(l, MN_UNKNOWN, dst, MN_NONE, MN_NONE);
	else
		emit(l, MN_LOAD, dst, address(l, ref), MN_NONE);
}

mn_val operand(struct lowering *l, tree value)
{
	mn_val v;

	switch (TREE_CODE(value)) {
	case SSA_NAME:
		return ssa_value(l, value);
	case INTEGER_CST:
		return constant(l, value);
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
		if (TREE_CODE(field) != FIELD_DECL)
			continue;
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

	while (RECORD_OR_UNION_TYPE_P(type)) {
		field = only_field(type);
		if (!field || !tree_int_cst_equal(DECL_SIZE(field), size))
			return false;
		type = TREE_TYPE(field);
	}
	return size && !AGGREGATE_TYPE_P(type);
}

static bool bits_of(tree type, int64_t *bits)
{
	if (!TYPE_SIZE(type) || !tree_fits_shwi_p(TYPE_SIZE(type)))
		return false;
	*bits = tree_to_shwi(TYPE_SIZE(type));
	return true;
}

void store(struct lowering *l, mn_val at, mn_val value)
{
	struct mn_insn in = insn(l, MN_STORE);

	in.a = at;
	in.b = value;
	put_insn(l, &in);
}

static void store_named(struct lowering *l, tree lhs, mn_val value)
{
	struct mn_insn in = insn(l, MN_STORE);
	char name[NAME_SIZE];

	in.a = address(l, lhs);
	in.b = value;
	if (mn_func_reached(l->func) && name_of_member(lhs, name))
		in.name = name;
	put_insn(l, &in);
}

void set_lhs(struct lowering *l, tree lhs, mn_val value)
{
	if (!lhs)
		return;
	if (TREE_CODE(lhs) == SSA_NAME)
		ssa_copy(l, lhs, value);
	else
		store_named(l, lhs, value);
}

void move(struct lowering *l, mn_val to, mn_val from, tree type)
{
	struct mn_insn in = insn(l, MN_MOVE);

	in.a = to;
	in.b = from;
	if (is_wrapped_scalar(type))
		store(l, to, emit(l, MN_LOAD, MN_NONE, from, MN_NONE));
	else if (bits_of(type, &in.imm))
		put_insn(l, &in);
	else
		store(l, to, unknown(l));
}

void zero(struct lowering *l, mn_val at, tree type)
{
	struct mn_insn in = insn(l, MN_ZERO);

	in.a = at;
	if (bits_of(type, &in.imm))
		put_insn(l, &in);
	else
		store(l, at, unknown(l));
}

int64_t element_bits(tree type, tree index)
{
	int64_t size;

	if (index && TREE_CODE(index) == FIELD_DECL)
		return field_bits(index);
	if (index && TREE_CODE(index) == INTEGER_CST && tree_fits_shwi_p(index) &&
	    TREE_CODE(type) == ARRAY_TYPE && bits_of(TREE_TYPE(type), &size))
		return tree_to_shwi(index) * size;
	return -1;
}

/* stores that @init would take; more than the limit where a place is not constant */
static int initializer_size(tree init)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;
	int n = 0;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		if (element_bits(TREE_TYPE(init), index) < 0)
			return INITIALIZER_MAX + 1;
		n += TREE_CODE(value) == CONSTRUCTOR ? initializer_size(value) : 1;
	}
	return n;
}

static void store_parts(struct lowering *l, mn_val at, int64_t from, tree init)
{
	unsigned HOST_WIDE_INT i;
	tree index, value;
	int64_t bits;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(init), i, index, value) {
		bits = element_bits(TREE_TYPE(init), index);
		STRIP_NOPS(value);
		if (TREE_CODE(value) == CONSTRUCTOR)
			store_parts(l, at, from + bits, value);
		else
			store(l, address_plus(l, at, from + bits, NULL, MN_NONE),
			      is_gimple_min_invariant(value) ? operand(l, value) :
			      unknown(l));
	}
}

bool store_initializer(struct lowering *l, mn_val at, tree init)
{
	if (initializer_size(init) > INITIALIZER_MAX)
		return false;
	zero(l, at, TREE_TYPE(init));
	store_parts(l, at, 0, init);
	return true;
}
