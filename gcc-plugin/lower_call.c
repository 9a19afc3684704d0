// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower_call.c - calls, for lower.c.
 *
 * A call stays a call, whatever is known of the callee: the engine decides what it
 * does. Only GCC's own functions, and callees declared to have no effect, are replaced
 * here. A function that returns an aggregate gets the address of a
 * place for it as a last argument.
 */
#include "adapter.h"

static mn_val argument(struct lowering *l, tree arg)
{
	tree type = TREE_TYPE(arg);
	mn_val v;

	facts_type(l->a, type);
	if (by_address(type))
		return address(l, arg);
	v = operand(l, arg);
	name_value(l, v, arg);
	return v;
}

static void arguments(struct lowering *l, gimple *call, value_list *args)
{
	for (unsigned int i = 0; i < gimple_call_num_args(call); i++)
		args->safe_push(argument(l, gimple_call_arg(call, i)));
}

/*
 * The callee does not write through an argument: to const, it says so itself, and
 * to void, it does not know what lies there (it hands it on to a callback;
 * functions that copy memory have rows).
 */
static int64_t set_of_argument(struct lowering *l, tree type, int i)
{
	if (TREE_CODE(type) != POINTER_TYPE)
		return 0;
	type = TREE_TYPE(type);
	if (TYPE_READONLY(type) || VOID_TYPE_P(type))
		return mn_keeps(i);
	return mn_lends(l, i, RECORD_OR_UNION_TYPE_P(type) && facts_tag(type) ?
			IDENTIFIER_POINTER(facts_tag(type)) : NULL);
}

static int64_t sets_of_arguments(struct lowering *l, gimple *call)
{
	tree types = TYPE_ARG_TYPES(gimple_call_fntype(call));
	int i, n = (int)gimple_call_num_args(call);
	int64_t sets = 0;

	for (i = 0; types && i < n; types = TREE_CHAIN(types), i++)
		sets |= set_of_argument(l, TREE_VALUE(types), i);
	return sets;
}

bool ends_scope(gimple *stmt)
{
	tree fndecl = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;
	tree arg = fndecl && gimple_call_num_args(stmt) == 1 ? gimple_call_arg(stmt, 0) : NULL_TREE;
	tree attr = arg && TREE_CODE(arg) == ADDR_EXPR && VAR_P(TREE_OPERAND(arg, 0)) ?
		    lookup_attribute("cleanup", DECL_ATTRIBUTES(TREE_OPERAND(arg, 0))) : NULL_TREE;

	return attr && TREE_VALUE(TREE_VALUE(attr)) == DECL_NAME(fndecl);
}

/* what becomes of the result of the call @c, or of the place that it is in */
static void take_result(struct lowering *l, tree lhs, const struct mn_call *c)
{
	if (!lhs)
		return;
	/* a place of its own, of which the callee may keep the address */
	if (c->place)
		move(l, address(l, lhs), c->args[c->nargs - 1], TREE_TYPE(lhs));
	else
		name_value(l, c->dst, lhs);
}

static void emit_call(struct lowering *l, gimple *call, tree fndecl)
{
	tree lhs = gimple_call_lhs(call);
	struct mn_call c = {};
	value_list args;

	arguments(l, call, &args);
	c.place = result_aggregate(gimple_call_fntype(call)) != NULL_TREE;
	if (c.place)
		args.safe_push(mn_scratch(l, word_of(fndecl ? fndecl : l->fun->decl)));
	c.args = args.address();
	c.nargs = (int)args.length();
	c.sets = sets_of_arguments(l, call);
	c.scope = ends_scope(call);
	if (fndecl)
		c.name = word_of(fndecl);
	else
		c.through = operand(l, gimple_call_fn(call));
	if (!fndecl && mn_func_reached(l->func))
		c.name = name_of_member(l->a, gimple_call_fn(call));
	if (lhs && !c.place)
		c.dst = ssa_value(l, lhs);
	mn_put_call(l, &c);
	take_result(l, lhs, &c);
}

/* memcpy and memset of a constant size; false: it is a call like others */
static bool lower_memory_builtin(struct lowering *l, gimple *call, bool copies)
{
	tree size = gimple_call_arg(call, 2);
	tree value = gimple_call_arg(call, 1);
	int64_t bits = 0;
	mn_val to;

	if (!tree_fits_shwi_p(size) || (!copies && !integer_zerop(value)) ||
	    !mn_bits_add(&bits, tree_to_shwi(size), BITS_PER_UNIT))
		return false;
	to = operand(l, gimple_call_arg(call, 0));
	if (copies)
		mn_put_move(l, to, operand(l, value), bits);
	else
		mn_put_zero(l, to, bits);
	set_lhs(l, gimple_call_lhs(call), to);
	return true;
}

/*
 * Not __builtin_constant_p(): GCC has decided what it can, and what is no constant here may be
 * one where this function is inlined; a "no" would end the path at an assertion of compile time.
 */
static bool lower_builtin(struct lowering *l, gimple *call, tree fndecl)
{
	switch (DECL_FUNCTION_CODE(fndecl)) {
	case BUILT_IN_EXPECT:
	case BUILT_IN_EXPECT_WITH_PROBABILITY:
	case BUILT_IN_ASSUME_ALIGNED:
		set_lhs(l, gimple_call_lhs(call),
			operand(l, gimple_call_arg(call, 0)));
		return true;
	case BUILT_IN_MEMCPY:
	case BUILT_IN_MEMMOVE:
		return lower_memory_builtin(l, call, true);
	case BUILT_IN_MEMSET:
		return lower_memory_builtin(l, call, false);
	case BUILT_IN_UNREACHABLE:	/* the block has no successor: STOP */
	case BUILT_IN_TRAP:
	case BUILT_IN_PREFETCH:
		return true;
	default:
		return false;
	}
}

/* a callee without body that declares to have no effect; false: it may have one */
static bool lower_const_call(struct lowering *l, gimple *call, tree fndecl)
{
	tree lhs = gimple_call_lhs(call);
	int flags = gimple_call_flags(call);
	value_list args;

	if (!(flags & (ECF_CONST | ECF_PURE)) || (flags & ECF_NORETURN) ||
	    func_of(l->a, fndecl) || result_aggregate(gimple_call_fntype(call)))
		return false;
	if (!lhs)
		return true;
	if (!(flags & ECF_CONST)) {
		set_lhs(l, lhs, mn_put_unknown(l));
		return true;
	}
	arguments(l, call, &args);
	set_lhs(l, lhs, mn_put_named(l, MN_PURE, MN_NONE, word_of(fndecl), args.address(),
				     (int)args.length()));
	return true;
}

/* GCC's own functions: overflow checks, of which the sum is the real part, sanitizers, automatic initialization */
static void lower_internal(struct lowering *l, gimple *call)
{
	tree lhs = gimple_call_lhs(call);
	internal_fn fn = gimple_call_internal_fn(call);
	enum mn_op op = fn == IFN_ADD_OVERFLOW ? MN_ADD : fn == IFN_SUB_OVERFLOW ? MN_SUB : MN_UNKNOWN;

	if (lhs && TREE_CODE(lhs) == SSA_NAME && op != MN_UNKNOWN)
		mn_put_op(l, op, ssa_value(l, lhs), operand(l, gimple_call_arg(call, 0)),
			  operand(l, gimple_call_arg(call, 1)));
	else if (lhs && TREE_CODE(lhs) == SSA_NAME)
		mn_put_op(l, MN_UNKNOWN, ssa_value(l, lhs), MN_NONE, MN_NONE);
	else if (lhs && !is_aggregate(TREE_TYPE(lhs)))
		mn_put_store(l, address(l, lhs), mn_put_unknown(l), NULL);
}

void lower_call(struct lowering *l, gimple *call)
{
	tree fndecl = gimple_call_fndecl(call);

	/* the assertion of a constant: were it reached, this would not compile */
	if (fndecl && lookup_attribute("error", DECL_ATTRIBUTES(fndecl)))
		return;
	if (gimple_call_internal_p(call)) {
		lower_internal(l, call);
		return;
	}
	if (fndecl && !mn_contract_knows(l->a->run.contract, word_of(fndecl))) {
		if (fndecl_built_in_p(fndecl, BUILT_IN_NORMAL) && lower_builtin(l, call, fndecl))
			return;
		if (lower_const_call(l, call, fndecl))
			return;
	}
	emit_call(l, call, fndecl);
}
