// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower_call.c - calls, for lower.c.
 *
 * A call becomes a call, whatever is known of the callee: that is the engine's
 * business. Only GCC's own functions are taken apart here, and callees that
 * declare to have no effect. A function that returns an aggregate gets the address of a
 * place for it as a last argument.
 */
#include "lower.h"

static mn_val argument(struct lowering *l, tree arg)
{
	tree type = TREE_TYPE(arg);
	mn_val v;

	facts_type(l->a, type);
	if (AGGREGATE_TYPE_P(type) && !is_wrapped_scalar(type))
		return address(l, arg);
	v = operand(l, arg);
	name_value(l, v, arg);
	return v;
}

/* the aggregate that the call returns: into a place of its own, which the callee
 * may keep the address of, and from there to where the source wants it */
static void take_result(struct lowering *l, gimple *call, mn_val place)
{
	tree lhs = gimple_call_lhs(call);

	if (lhs)
		move(l, address(l, lhs), place, TREE_TYPE(lhs));
}

/*
 * The arguments that the callee does not write through: to const, it says so itself, and
 * to void, it does not know what lies there (it hands it on to a callback;
 * functions that copy memory have rows).
 */
static int64_t kept_arguments(gimple *call)
{
	tree types = TYPE_ARG_TYPES(gimple_call_fntype(call));
	int64_t kept = 0;
	int i;

	for (i = 0; types && i < 62; types = TREE_CHAIN(types), i++) {
		tree type = TREE_VALUE(types);

		if (type && POINTER_TYPE_P(type) &&
		    (TYPE_READONLY(TREE_TYPE(type)) || VOID_TYPE_P(TREE_TYPE(type))))
			kept |= (int64_t)1 << i;
	}
	return kept;
}

static void emit_call(struct lowering *l, gimple *call, tree fndecl)
{
	tree aggregate = result_aggregate(gimple_call_fntype(call));
	int i, n = (int)gimple_call_num_args(call);
	mn_val *args = XALLOCAVEC(mn_val, n + 1);
	tree lhs = gimple_call_lhs(call);
	struct mn_insn in;
	bool direct = fndecl && DECL_NAME(fndecl);
	char name[NAME_SIZE];

	for (i = 0; i < n; i++)
		args[i] = argument(l, gimple_call_arg(call, i));
	if (aggregate)
		args[n] = scratch(l, fndecl);
	in = insn(l, direct ? MN_CALL : MN_ICALL);
	in.args = args;
	in.nargs = n + !!aggregate;
	in.imm = kept_arguments(call) & (((int64_t)1 << (n < 62 ? n : 62)) - 1);
	if (aggregate)
		in.imm |= MN_CALL_PLACE;
	if (direct)
		in.name = IDENTIFIER_POINTER(DECL_NAME(fndecl));
	else
		in.a = operand(l, gimple_call_fn(call));
	if (!direct && mn_func_reached(l->func) &&
	    name_of_member(gimple_call_fn(call), name))
		in.name = name;
	if (lhs && !aggregate)
		in.dst = TREE_CODE(lhs) == SSA_NAME ? ssa_value(l, lhs) :
						      mn_value(l->func, NULL);
	put_insn(l, &in);
	if (aggregate)
		take_result(l, call, args[n]);
	else if (lhs && TREE_CODE(lhs) != SSA_NAME)
		set_lhs(l, lhs, in.dst);
	else if (lhs)
		name_value(l, in.dst, lhs);
}

/*
 * What is no constant here may be one where this function is inlined, and a
 * "no" would end the path at an assertion of compile time. false: not decided here.
 */
static bool lower_constant_p(struct lowering *l, gimple *call)
{
	if (!is_gimple_min_invariant(gimple_call_arg(call, 0)))
		return false;
	set_lhs(l, gimple_call_lhs(call), number(l, 1, MN_NONE));
	return true;
}

/* memcpy and memset of a constant size; false: it is a call like others */
static bool lower_memory_builtin(struct lowering *l, gimple *call, bool copies)
{
	tree value = gimple_call_arg(call, 1);
	tree size = gimple_call_arg(call, 2);
	struct mn_insn in = insn(l, copies ? MN_MOVE : MN_ZERO);

	if (!tree_fits_shwi_p(size) || (!copies && !integer_zerop(value)))
		return false;
	in.a = operand(l, gimple_call_arg(call, 0));
	if (copies)
		in.b = operand(l, value);
	in.imm = tree_to_shwi(size) * BITS_PER_UNIT;
	put_insn(l, &in);
	set_lhs(l, gimple_call_lhs(call), in.a);
	return true;
}

static bool lower_builtin(struct lowering *l, gimple *call, tree fndecl)
{
	switch (DECL_FUNCTION_CODE(fndecl)) {
	case BUILT_IN_EXPECT:
	case BUILT_IN_EXPECT_WITH_PROBABILITY:
	case BUILT_IN_ASSUME_ALIGNED:
		set_lhs(l, gimple_call_lhs(call),
			operand(l, gimple_call_arg(call, 0)));
		return true;
	case BUILT_IN_CONSTANT_P:
		return lower_constant_p(l, call);
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
	int i, n = (int)gimple_call_num_args(call);
	mn_val *args = XALLOCAVEC(mn_val, n);
	tree lhs = gimple_call_lhs(call);
	int flags = gimple_call_flags(call);

	if (!(flags & (ECF_CONST | ECF_PURE)) || (flags & ECF_NORETURN) ||
	    l->a->funcs->get(fndecl) || result_aggregate(gimple_call_fntype(call)))
		return false;
	if (!lhs)
		return true;
	if (!(flags & ECF_CONST)) {
		set_lhs(l, lhs, unknown(l));
		return true;
	}
	for (i = 0; i < n; i++)
		args[i] = argument(l, gimple_call_arg(call, i));
	set_lhs(l, lhs, emit_named(l, MN_PURE, MN_NONE,
				   IDENTIFIER_POINTER(DECL_NAME(fndecl)), args, n));
	return true;
}

/* GCC's own functions: overflow checks, sanitizers, automatic initialization */
static void lower_internal(struct lowering *l, gimple *call)
{
	tree lhs = gimple_call_lhs(call);

	if (lhs && TREE_CODE(lhs) == SSA_NAME)
		emit(l, MN_UNKNOWN, ssa_value(l, lhs), MN_NONE, MN_NONE);
	else if (lhs && !AGGREGATE_TYPE_P(TREE_TYPE(lhs)))
		store(l, address(l, lhs), unknown(l));
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
	if (fndecl && DECL_NAME(fndecl) &&
	    !mn_contract_knows(l->a->contract, IDENTIFIER_POINTER(DECL_NAME(fndecl)))) {
		if (fndecl_built_in_p(fndecl, BUILT_IN_NORMAL) && lower_builtin(l, call, fndecl))
			return;
		if (lower_const_call(l, call, fndecl))
			return;
	}
	emit_call(l, call, fndecl);
}
