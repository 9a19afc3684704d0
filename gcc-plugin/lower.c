// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower.c - the body of a function, from GIMPLE in SSA form to the engine's program.
 *
 * Before:	_1 = pte_lockptr (mm_7, pmd_8);
 *		spin_lock (_1);
 *		if (flag_9 > 3) goto <bb 4>; else goto <bb 5>;
 *
 * After:	v12 "pte_lockptr(mm, pmd)" = call pte_lockptr(v1, v4)
 *		call spin_lock(v12)
 *		v13 = lt v5 v9
 *		if v13 goto 2 else 3
 *
 * One pass over blocks and statements, one function a kind of statement. This
 * file checks no rule, simplifies nothing, and leaves out only statements without an effect
 * on a value (debug statements, clobbers, hints) and the memory that inline assembly
 * may touch. It only reads GCC's own structures.
 */
#include "adapter.h"

static bool has_place(location_t where)
{
	return LOCATION_LOCUS(where) > BUILTINS_LOCATION;
}

static void at_place(struct lowering *l, location_t where)
{
	if (!has_place(where) || where == l->where)
		return;
	l->where = where;
	l->loc = place_of(where);
}

static void nowhere(struct lowering *l)
{
	l->where = UNKNOWN_LOCATION;
	l->loc = {};
}

/* ------------------------------------------------------------------ */
/* expressions                                                         */

static enum mn_op binary_op(enum tree_code code)
{
	switch (code) {
	case PLUS_EXPR:
	case POINTER_PLUS_EXPR:	return MN_ADD;
	case MINUS_EXPR:
	case POINTER_DIFF_EXPR:	return MN_SUB;
	case MULT_EXPR:		return MN_MUL;
	case TRUNC_DIV_EXPR:
	case EXACT_DIV_EXPR:	return MN_DIV;
	case TRUNC_MOD_EXPR:	return MN_MOD;
	case BIT_AND_EXPR:	return MN_AND;
	case BIT_IOR_EXPR:	return MN_OR;
	case BIT_XOR_EXPR:	return MN_XOR;
	case LSHIFT_EXPR:	return MN_SHL;
	case RSHIFT_EXPR:	return MN_SHR;
	case EQ_EXPR:		return MN_EQ;
	case NE_EXPR:		return MN_NE;
	case LT_EXPR:
	case GT_EXPR:		return MN_LT;
	case LE_EXPR:
	case GE_EXPR:		return MN_LE;
	default:		return MN_OP_COUNT;
	}
}

/* what the engine has no instruction for: a function of its operands */
static mn_val lower_pure(struct lowering *l, mn_val dst, enum tree_code code,
			 const mn_val *args, int nargs)
{
	return mn_put_named(l, MN_PURE, dst, get_tree_code_name(code), args, nargs);
}

/* does @stmt give its left side the value of one operand, as it is? */
static bool is_copy(gimple *stmt)
{
	enum tree_code code = gimple_assign_rhs_code(stmt);
	tree rhs = gimple_assign_rhs1(stmt);

	if (CONVERT_EXPR_CODE_P(code))
		return TREE_CODE(TREE_TYPE(gimple_assign_lhs(stmt))) != BOOLEAN_TYPE ||
		       TREE_CODE(TREE_TYPE(rhs)) == BOOLEAN_TYPE;
	return code == SSA_NAME || code == INTEGER_CST || code == ADDR_EXPR || code == PAREN_EXPR ||
	       (code == REALPART_EXPR && TREE_CODE(TREE_OPERAND(rhs, 0)) == SSA_NAME);
}

/* the assignment of @code that defines @ssa, behind copies and casts, or NULL */
static gimple *defined_as(tree ssa, enum tree_code code)
{
	gimple *def = TREE_CODE(ssa) == SSA_NAME ? SSA_NAME_DEF_STMT(ssa) : NULL;

	if (!def || !is_gimple_assign(def) || gimple_assign_rhs_code(def) == code)
		return def && is_gimple_assign(def) ? def : NULL;
	return is_copy(def) ? defined_as(gimple_assign_rhs1(def), code) : NULL;
}

static void tested_members(struct mn_test *t, tree type, int64_t from)
{
	for (; TREE_CODE(type) == ARRAY_TYPE; type = TREE_TYPE(type))
		from = mn_test_element(t, from, bits_of(TREE_TYPE(type)));
	for (tree field = is_structure(type) ? TYPE_FIELDS(type) : NULL_TREE; field; field = DECL_CHAIN(field))
		if (is_aggregate(TREE_TYPE(field)))
			tested_members(t, TREE_TYPE(field), from + field_bits(field));
		else
			mn_test_member(t, from + field_bits(field), tree_to_shwi(DECL_SIZE(field)),
				       !TYPE_UNSIGNED(TREE_TYPE(field)));
}

/* GCC tests members that lie together as bits: BIT_FIELD_REF <*p, 8, 0> & 6. MN_NONE: this does not */
static mn_val lower_test(struct lowering *l, mn_val dst, enum tree_code code, tree a, tree b)
{
	gimple *masked = defined_as(a, BIT_AND_EXPR);
	gimple *read = defined_as(masked ? gimple_assign_rhs1(masked) : a, BIT_FIELD_REF);
	tree mask = masked ? gimple_assign_rhs2(masked) : integer_minus_one_node;
	tree ref = read ? TREE_OPERAND(gimple_assign_rhs1(read), 0) : NULL_TREE;
	struct mn_test t = {};

	if (!ref || !is_structure(TREE_TYPE(ref)) || (code != EQ_EXPR && code != NE_EXPR) ||
	    TREE_CODE(b) != INTEGER_CST || TREE_CODE(mask) != INTEGER_CST)
		return MN_NONE;
	t.whole = address(l, ref);
	t.size = tree_to_shwi(TREE_OPERAND(gimple_assign_rhs1(read), 1));
	t.from = tree_to_shwi(TREE_OPERAND(gimple_assign_rhs1(read), 2));
	t.mask = TREE_INT_CST_LOW(mask);
	t.value = TREE_INT_CST_LOW(b);
	t.equal = code == EQ_EXPR;
	t.big_endian = BYTES_BIG_ENDIAN;
	tested_members(&t, TREE_TYPE(ref), 0);
	return mn_put_test(l, dst, &t);
}

static mn_val lower_binary(struct lowering *l, mn_val dst, enum tree_code code, tree a, tree b)
{
	mn_val test = lower_test(l, dst, code, a, b), args[2];
	gimple *minus = code == PLUS_EXPR && TREE_CODE(b) == INTEGER_CST ? defined_as(a, MINUS_EXPR) : NULL;
	gimple *last = minus ? defined_as(gimple_assign_rhs1(minus), BIT_IOR_EXPR) : NULL;
	location_t here = l->where;
	enum mn_op op = binary_op(code);
	int64_t bits = 0;

	if (test)
		return test;
	/* ((end - 1) | 4095) - start + 1: what the source rounds up is the sum */
	if (last) {
		at_place(l, gimple_location(last));
		args[0] = mn_put_op(l, MN_ADD, MN_NONE, operand(l, gimple_assign_rhs1(minus)), operand(l, b));
		at_place(l, here);
		return mn_put_op(l, MN_SUB, dst, args[0], operand(l, gimple_assign_rhs2(minus)));
	}
	if (code == POINTER_PLUS_EXPR && tree_fits_shwi_p(b) &&
	    mn_bits_add(&bits, (int64_t)TREE_INT_CST_LOW(b), BITS_PER_UNIT))
		return mn_put_part(l, dst, operand(l, a), bits, NULL);
	args[0] = operand(l, a);
	args[1] = operand(l, b);
	if (TREE_CODE(TREE_TYPE(a)) == BOOLEAN_TYPE && (op == MN_AND || op == MN_OR))
		for (mn_val *v = args; v < args + 2; v++)	/* of "x && y" of variables */
			*v = mn_put_op(l, MN_NE, MN_NONE, *v, mn_put_number(l, MN_NONE, 0));
	if (op == MN_OP_COUNT || FLOAT_TYPE_P(TREE_TYPE(a)))
		return lower_pure(l, dst, code, args, 2);
	if (op == MN_LT || op == MN_LE) {
		if (TYPE_UNSIGNED(TREE_TYPE(a)))	/* a pointer is, too */
			op = op == MN_LT ? MN_ULT : MN_ULE;
		if (code == GT_EXPR || code == GE_EXPR)
			return mn_put_op(l, op, dst, args[1], args[0]);
	}
	return mn_put_op(l, op, dst, args[0], args[1]);
}

static mn_val lower_condition(struct lowering *l, enum tree_code code, tree a, tree b)
{
	mn_val test = lower_test(l, MN_NONE, code, a, b);

	if (!test && code == NE_EXPR && TREE_CODE(b) == INTEGER_CST && integer_zerop(b))
		return operand(l, a);
	return test ? test : lower_binary(l, MN_NONE, code, a, b);
}

static void lower_unary(struct lowering *l, mn_val dst, enum tree_code code, tree a)
{
	mn_val v = operand(l, a);

	if (code == NEGATE_EXPR)
		mn_put_op(l, MN_SUB, dst, mn_put_number(l, MN_NONE, 0), v);
	else if (code == BIT_NOT_EXPR && TREE_CODE(TREE_TYPE(a)) == BOOLEAN_TYPE)
		mn_put_op(l, MN_EQ, dst, v, mn_put_number(l, MN_NONE, 0));
	else if (code == BIT_NOT_EXPR)
		mn_put_op(l, MN_XOR, dst, v, mn_put_number(l, MN_NONE, -1));
	else if (CONVERT_EXPR_CODE_P(code))
		mn_put_op(l, MN_NE, dst, v, mn_put_number(l, MN_NONE, 0));
	else
		lower_pure(l, dst, code, &v, 1);
}

/* c ? a : b, or another operation on three operands */
static void lower_ternary(struct lowering *l, mn_val dst, gimple *stmt)
{
	tree first = gimple_assign_rhs1(stmt);
	mn_val args[3];

	args[0] = COMPARISON_CLASS_P(first) ?
		  lower_condition(l, TREE_CODE(first), TREE_OPERAND(first, 0),
				  TREE_OPERAND(first, 1)) : operand(l, first);
	args[1] = operand(l, gimple_assign_rhs2(stmt));
	args[2] = operand(l, gimple_assign_rhs3(stmt));
	lower_pure(l, dst, gimple_assign_rhs_code(stmt), args, 3);
}

static void lower_expression(struct lowering *l, mn_val dst, gimple *stmt)
{
	enum tree_code code = gimple_assign_rhs_code(stmt);
	tree rhs = gimple_assign_rhs1(stmt);

	switch (gimple_assign_rhs_class(stmt)) {
	case GIMPLE_SINGLE_RHS:
		load(l, dst, rhs);
		break;
	case GIMPLE_UNARY_RHS:
		lower_unary(l, dst, code, rhs);
		break;
	case GIMPLE_BINARY_RHS:
		lower_binary(l, dst, code, rhs, gimple_assign_rhs2(stmt));
		break;
	default:
		lower_ternary(l, dst, stmt);
	}
}

/* ------------------------------------------------------------------ */
/* assignments                                                         */

/* a static initializer that @rhs is a copy of, or NULL_TREE */
static tree copied_initializer(tree rhs)
{
	if (TREE_CODE(rhs) == VIEW_CONVERT_EXPR)
		rhs = TREE_OPERAND(rhs, 0);
	if (TREE_CODE(rhs) != VAR_DECL || !TREE_READONLY(rhs) || !TREE_STATIC(rhs) ||
	    !DECL_INITIAL(rhs) || TREE_CODE(DECL_INITIAL(rhs)) != CONSTRUCTOR)
		return NULL_TREE;
	return DECL_INITIAL(rhs);
}

static void lower_aggregate(struct lowering *l, tree lhs, tree rhs)
{
	tree init = copied_initializer(rhs), type = TREE_TYPE(lhs);
	mn_val to;

	facts_type(l->a, type);
	to = address(l, lhs);
	if (TREE_CODE(rhs) == CONSTRUCTOR)
		mn_put_zero(l, to, bits_of(type));
	else if (TREE_THIS_VOLATILE(rhs) && is_wrapped_scalar(type))
		mn_put_store(l, to, mn_put_unknown(l), NULL);
	else if (!init || !store_initializer(l, to, init))
		move(l, to, address(l, rhs), type);
}

static void lower_assign(struct lowering *l, gimple *stmt)
{
	tree lhs = gimple_assign_lhs(stmt), rhs = gimple_assign_rhs1(stmt);
	mn_val value;

	if (gimple_clobber_p(stmt))
		return;
	if (TREE_CODE(lhs) == SSA_NAME && !is_copy(stmt)) {
		lower_expression(l, ssa_value(l, lhs), stmt);
		return;
	}
	if (is_aggregate(TREE_TYPE(lhs))) {
		lower_aggregate(l, lhs, rhs);
		return;
	}
	value = operand(l, rhs);
	if (!name_value(l, value, rhs))
		name_value(l, value, lhs);
	set_lhs(l, lhs, value);
}

/* ------------------------------------------------------------------ */
/* inline assembly                                                     */

/* the @output-th result of @stmt as a function of its inputs */
static mn_val asm_pure(struct lowering *l, gasm *stmt, unsigned int output)
{
	const char *name = mn_run_asm(&l->a->run, gimple_asm_string(stmt), (int)output);
	value_list args;

	for (unsigned int i = 0; i < gimple_asm_ninputs(stmt); i++)
		args.safe_push(operand(l, TREE_VALUE(gimple_asm_input_op(stmt, i))));
	return mn_put_named(l, MN_PURE, MN_NONE, name, args.address(), (int)args.length());
}

/* without "volatile" GCC itself takes two of the same inputs for the same: get_current() */
static void lower_asm(struct lowering *l, gasm *stmt)
{
	bool pure = !gimple_asm_volatile_p(stmt) && !gimple_asm_clobbers_memory_p(stmt);

	for (unsigned int i = 0; i < gimple_asm_noutputs(stmt); i++)
		set_lhs(l, TREE_VALUE(gimple_asm_output_op(stmt, i)),
			pure ? asm_pure(l, stmt, i) : mn_put_unknown(l));
	if (gimple_asm_ninputs(stmt) && !gimple_asm_noutputs(stmt) && !gimple_asm_nlabels(stmt))
		mn_put_unknown(l);	/* it does something with them */
}

/* patched code, such as a static key: it jumps or not, and then does so again */
static bool is_patched_jump(gimple *stmt)
{
	gasm *jump;
	tree list;

	if (!stmt || gimple_code(stmt) != GIMPLE_ASM)
		return false;
	jump = (gasm *)stmt;
	for (unsigned int i = 0; i < gimple_asm_ninputs(jump); i++) {
		list = TREE_PURPOSE(gimple_asm_input_op(jump, i));
		if (strcmp(TREE_STRING_POINTER(TREE_VALUE(list)), "i"))
			return false;
	}
	return gimple_asm_nlabels(jump) == 1 && !gimple_asm_noutputs(jump);
}

/* ------------------------------------------------------------------ */
/* the end of a block                                                  */

static void lower_cond(struct lowering *l, basic_block bb, gcond *cond)
{
	edge yes, no;
	mn_val v;

	v = lower_condition(l, gimple_cond_code(cond), gimple_cond_lhs(cond),
			    gimple_cond_rhs(cond));
	extract_true_false_edges_from_block(bb, &yes, &no);
	mn_put_branch(l, v, l->block_of[yes->dest->index], l->block_of[no->dest->index]);
}

static void lower_switch(struct lowering *l, gswitch *stmt)
{
	unsigned int i, n = gimple_switch_num_labels(stmt);
	tree label, low, high;
	case_list to;

	for (i = 0; i < n; i++) {
		struct mn_case one = { 0, 1, 0 };

		label = gimple_switch_label(stmt, i);
		low = CASE_LOW(label);
		high = CASE_HIGH(label) ? CASE_HIGH(label) : low;
		one.block = l->block_of[label_to_block(l->fun, CASE_LABEL(label))->index];
		if (low) {
			one.lo = (int64_t)TREE_INT_CST_LOW(low);
			one.hi = (int64_t)TREE_INT_CST_LOW(high);
		}
		to.safe_push(one);
	}
	mn_put_jump(l, MN_SWITCH, operand(l, gimple_switch_index(stmt)), to.address(),
		    (int)n);
}

static void lower_return(struct lowering *l, greturn *stmt)
{
	tree value = gimple_return_retval(stmt);
	mn_val v = MN_NONE;

	if (!has_place(gimple_location(stmt)))
		at_place(l, l->fun->function_end_locus);
	if (value && l->result)
		move(l, l->result, address(l, value), TREE_TYPE(value));
	if (value && !l->result)
		v = operand(l, value);
	mn_put_jump(l, MN_RETURN, v, NULL, 0);
}

/* where variables end their life, and "break" */
static bool only_jumps(basic_block bb)
{
	for (gimple_stmt_iterator gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
		if (!is_gimple_debug(gsi_stmt(gsi)) && !gimple_clobber_p(gsi_stmt(gsi)) && !ends_scope(gsi_stmt(gsi)) &&
		    gimple_code(gsi_stmt(gsi)) != GIMPLE_LABEL)
			return false;
	return true;
}

/* where the statement stands whose result @e brings: what has no name is what the function returns */
static location_t place_of_result(edge e)
{
	for (gphi_iterator psi = gsi_start_phis(e->dest); !gsi_end_p(psi); gsi_next(&psi))
		if (!virtual_operand_p(gimple_phi_result(psi.phi())) && !name_of_ssa(gimple_phi_result(psi.phi())))
			return gimple_phi_arg_location_from_edge(psi.phi(), e);
	return UNKNOWN_LOCATION;
}

/*
 * GCC has made one of all return statements: the jump there stands where one stood.
 * A block that just runs into it is at the return itself, or at the closing brace.
 * What is no jump with -O2 is nowhere with -O0: the place is that of the next jump.
 */
static void at_jump(struct lowering *l, edge e)
{
	gimple *last = gsi_stmt(gsi_last_nondebug_bb(e->dest));
	bool returns = last && gimple_code(last) == GIMPLE_RETURN;
	bool jumps = has_place(e->goto_locus);

	if (only_jumps(e->src) || single_pred_p(e->dest) ||
	    (!jumps && !returns && !only_jumps(e->dest)))
		nowhere(l);
	else if (jumps)
		at_place(l, e->goto_locus);
	else if ((returns || ends_scope(gsi_stmt(gsi_last_nondebug_bb(e->src)))) && has_place(place_of_result(e)))
		at_place(l, place_of_result(e));
	else if (returns)
		at_place(l, VOID_TYPE_P(TREE_TYPE(TREE_TYPE(l->fun->decl))) ?
			 l->fun->function_end_locus : gimple_location(last));
}

static void lower_patched_jump(struct lowering *l, basic_block bb, gasm *stmt)
{
	tree label = TREE_VALUE(gimple_asm_label_op(stmt, 0));
	basic_block jumps = label_to_block(l->fun, label);
	edge other = EDGE_SUCC(bb, EDGE_SUCC(bb, 0)->dest == jumps);

	mn_put_branch(l, asm_pure(l, stmt, 0), l->block_of[jumps->index], l->block_of[other->dest->index]);
}

/* an end without a statement of its own: to the next block, to any, to none */
static void lower_edges(struct lowering *l, basic_block bb)
{
	edge_iterator it;
	case_list to;
	edge e;

	FOR_EACH_EDGE(e, it, bb->succs)
		if (e->dest->index != EXIT_BLOCK)
			to.safe_push({ l->block_of[e->dest->index], 0, 0 });
	if (to.length() == 1)
		at_jump(l, EDGE_SUCC(bb, 0));
	mn_put_jump(l, to.length() > 1 ? MN_FORK : to.length() ? MN_GOTO : MN_STOP, MN_NONE,
		    to.address(), (int)to.length());
}

static void lower_end(struct lowering *l, basic_block bb)
{
	gimple *last = gsi_stmt(gsi_last_nondebug_bb(bb));

	if (last && gimple_code(last) == GIMPLE_COND)
		lower_cond(l, bb, (gcond *)last);
	else if (last && gimple_code(last) == GIMPLE_SWITCH)
		lower_switch(l, (gswitch *)last);
	else if (last && gimple_code(last) == GIMPLE_RETURN)
		lower_return(l, (greturn *)last);
	else if (is_patched_jump(last) && EDGE_COUNT(bb->succs) == 2)
		lower_patched_jump(l, bb, (gasm *)last);
	else
		lower_edges(l, bb);
}

/* ------------------------------------------------------------------ */
/* blocks                                                              */

static void lower_phi(struct lowering *l, gphi *phi)
{
	/* what is not an SSA name is invariant, and has to be there before the jump */
	int block = mn_builder_enter(l, MN_PROLOGUE);
	value_list args;

	for (unsigned int i = 0; i < gimple_phi_num_args(phi); i++)
		args.safe_push(operand(l, gimple_phi_arg_def(phi, i)));
	mn_builder_enter(l, block);
	mn_put_named(l, MN_PHI, ssa_value(l, gimple_phi_result(phi)), NULL, args.address(),
		     (int)args.length());
}

static void lower_phis(struct lowering *l, basic_block bb)
{
	edge_iterator it;
	block_list preds;
	bool any = false;
	edge e;

	for (gphi_iterator psi = gsi_start_phis(bb); !gsi_end_p(psi); gsi_next(&psi)) {
		if (virtual_operand_p(gimple_phi_result(psi.phi())))
			continue;
		lower_phi(l, psi.phi());
		any = true;
	}
	FOR_EACH_EDGE(e, it, bb->preds)
		preds.safe_push(l->block_of[e->src->index]);
	if (any)
		mn_block_preds(l->func, l->block, preds.address(), (int)preds.length());
}

static void lower_statement(struct lowering *l, gimple *stmt)
{
	at_place(l, gimple_location(stmt));
	switch (gimple_code(stmt)) {
	case GIMPLE_ASSIGN:
		lower_assign(l, stmt);
		break;
	case GIMPLE_CALL:
		lower_call(l, stmt);
		break;
	case GIMPLE_ASM:
		lower_asm(l, (gasm *)stmt);
		break;
	default:	/* what ends a block is lower_end()'s; the rest does nothing */
		break;
	}
}

static void lower_block(struct lowering *l, basic_block bb)
{
	mn_builder_enter(l, l->block_of[bb->index]);
	lower_phis(l, bb);
	for (gimple_stmt_iterator gsi = gsi_start_bb(bb); !gsi_end_p(gsi); gsi_next(&gsi))
		lower_statement(l, gsi_stmt(gsi));
	lower_end(l, bb);
}

/* ------------------------------------------------------------------ */
/* the function                                                        */

/* name the parameters, and give those that live in memory their object */
static void lower_parameters(struct lowering *l)
{
	mn_val v = 1;

	for (tree parm = DECL_ARGUMENTS(l->fun->decl); parm; parm = DECL_CHAIN(parm), v++) {
		facts_type(l->a, TREE_TYPE(parm));
		if (name_of_decl(parm))
			mn_value_name(l->func, v, name_of_decl(parm));
		if (is_gimple_reg(parm))
			mn_know(l, parm, v);
		else if (by_address(TREE_TYPE(parm)))
			move(l, address(l, parm), v, TREE_TYPE(parm));
		else
			mn_put_store(l, address(l, parm), v, NULL);
	}
	if (result_aggregate(TREE_TYPE(l->fun->decl)))
		l->result = v;
}

static void lower_body(struct lowering *l)
{
	basic_block bb;

	l->block_of[ENTRY_BLOCK] = MN_PROLOGUE;
	FOR_EACH_BB_FN(bb, l->fun)
		l->block_of[bb->index] = mn_builder_block(l);
	lower_parameters(l);
	FOR_EACH_BB_FN(bb, l->fun)
		lower_block(l, bb);
	mn_builder_enter(l, MN_PROLOGUE);
	at_place(l, DECL_SOURCE_LOCATION(l->fun->decl));
	mn_put_goto(l, l->block_of[single_succ(ENTRY_BLOCK_PTR_FOR_FN(l->fun))->index]);
}

void lower_function(struct mn_run *run, struct mn_func *func, void *decl)
{
	struct lowering l = {};

	mn_builder_start(&l, func, false);
	l.a = (struct adapter *)run->data;
	l.fun = DECL_STRUCT_FUNCTION((tree)decl);
	l.ssa = XCNEWVEC(mn_val, vec_safe_length(SSANAMES(l.fun)));
	l.block_of = XCNEWVEC(int, last_basic_block_for_fn(l.fun));
	at_place(&l, DECL_SOURCE_LOCATION((tree)decl));
	lower_body(&l);
	mn_builder_finish(&l);
	free(l.block_of);
	free(l.ssa);
}
