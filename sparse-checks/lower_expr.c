// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower_expr.c - expressions, for lower.c.
 *
 * sparse has made all conversions explicit, scaled pointer arithmetic, and turned members into offsets. What is
 * left is one function a kind of expression. && || ?: are blocks and a PHI, everything else goes to the current
 * block.
 */
#include "adapter.h"

/* ------------------------------------------------------------------ */
/* operators                                                           */

static enum mn_op binary_op(int op)
{
	switch (op) {
	case '+': case SPECIAL_ADD_ASSIGN:		return MN_ADD;
	case '-': case SPECIAL_SUB_ASSIGN:		return MN_SUB;
	case '*': case SPECIAL_MUL_ASSIGN:		return MN_MUL;
	case '/': case SPECIAL_DIV_ASSIGN:		return MN_DIV;
	case '%': case SPECIAL_MOD_ASSIGN:		return MN_MOD;
	case '&': case SPECIAL_AND_ASSIGN:		return MN_AND;
	case '|': case SPECIAL_OR_ASSIGN:		return MN_OR;
	case '^': case SPECIAL_XOR_ASSIGN:		return MN_XOR;
	case SPECIAL_LEFTSHIFT: case SPECIAL_SHL_ASSIGN: return MN_SHL;
	case SPECIAL_RIGHTSHIFT: case SPECIAL_SHR_ASSIGN: return MN_SHR;
	case SPECIAL_EQUAL:				return MN_EQ;
	case SPECIAL_NOTEQUAL:				return MN_NE;
	case '<': case '>':				return MN_LT;
	case SPECIAL_LTE: case SPECIAL_GTE:		return MN_LE;
	case SPECIAL_UNSIGNED_LT: case SPECIAL_UNSIGNED_GT: return MN_ULT;
	case SPECIAL_UNSIGNED_LTE: case SPECIAL_UNSIGNED_GTE: return MN_ULE;
	default:					return MN_OP_COUNT;
	}
}

static bool is_swapped(int op)
{
	return op == '>' || op == SPECIAL_GTE || op == SPECIAL_UNSIGNED_GT ||
	       op == SPECIAL_UNSIGNED_GTE;
}

static bool is_pointer(struct symbol *type)
{
	return plain_type(type)->type == SYM_PTR || type == &lazy_ptr_ctype;
}

/* what the engine has no instruction for: a function of its operands */
static mn_val pure(struct lowering *l, int op, mn_val a, mn_val b)
{
	mn_val args[2] = { a, b };

	return mn_put_named(l->b, MN_PURE, MN_NONE, show_special(op), args, 2);
}

static mn_val operate(struct lowering *l, int op, struct symbol *type, mn_val a, mn_val b)
{
	enum mn_op code = binary_op(op);

	if (code == MN_OP_COUNT || is_float_type(type))
		return pure(l, op, a, b);
	return is_swapped(op) ? emit(l, code, b, a) : emit(l, code, a, b);
}

/* what an operator is applied to has a place of its own; the operator has that of what its value goes to */
static mn_val operand(struct lowering *l, struct expression *e)
{
	struct mn_loc here = l->b->loc;
	mn_val v;

	at_place(l, e->pos);
	v = value_of(l, e);
	l->b->loc = here;
	return v;
}

static mn_val lower_binary(struct lowering *l, struct expression *e)
{
	int64_t bits = 0;
	bool constant = e->right->type == EXPR_VALUE && is_pointer(e->ctype) &&
			mn_bits_add(&bits, (int64_t)e->right->value, 8);
	mn_val a, b;

	if (constant && e->op == '+')
		return pointer(l, e, NULL);
	a = operand(l, e->left);
	if (constant && e->op == '-')
		return mn_put_part(l->b, MN_NONE, a, -bits, NULL);
	b = operand(l, e->right);
	return operate(l, e->op, plain_type(e->left->ctype), a, b);
}

/* ------------------------------------------------------------------ */
/* conditions                                                          */

static bool is_zero(const struct expression *e)
{
	return e->type == EXPR_VALUE && !e->value;
}

static bool is_logical(const struct expression *e)
{
	return e->type == EXPR_LOGICAL ||
	       (e->type == EXPR_BINOP && (e->op == SPECIAL_LOGICAL_AND || e->op == SPECIAL_LOGICAL_OR));
}

/* does a condition say the same of what is cast as of the cast itself? */
static struct expression *condition_in(struct expression *e)
{
	while (is_cast(e) && valid_type(e->cast_expression->ctype) && !is_aggregate(e->cast_expression->ctype) &&
	       (is_bool_type(e->ctype) || bits_of(e->ctype) >= bits_of(e->cast_expression->ctype)))
		e = e->cast_expression;
	return e;
}

struct position place_of_condition(struct expression *e)
{
	return is_logical(e) || e->type == EXPR_COMPARE ? e->pos : place_of(e);
}

/* what GCC computes in any case: a local variable, a constant, a comparison of two */
static bool is_simple(struct lowering *l, struct expression *e)
{
	e = without_casts(e);
	if (e->type == EXPR_COMPARE)
		return is_simple(l, e->left) && is_simple(l, e->right);
	if (e->type == EXPR_PREOP && e->op == '!')
		return is_simple(l, e->unop);
	return e->type == EXPR_VALUE || is_register(l, e);
}

/* the second branch of a && b is at the && if there are two */
static void branch_logical(struct lowering *l, struct expression *e, struct position pos, int yes, int no)
{
	bool single = is_simple(l, e->left) && is_simple(l, e->right), either = e->op == SPECIAL_LOGICAL_OR;
	int right = mn_builder_block(l->b);

	lower_branch(l, e->left, pos, either ? yes : right, either ? right : no);
	start_block(l, right);
	lower_branch(l, e->right, single ? pos : e->pos, yes, no);
}

static bool is_condition(const struct expression *e)
{
	return is_logical(e) || e->type == EXPR_COMPARE || e->type == EXPR_VALUE ||
	       (e->type == EXPR_PREOP && e->op == '!');
}

/* a call that a branch is on is named by its words; the test stands where the branch does */
static mn_val tested(struct lowering *l, struct expression *e)
{
	struct mn_loc here = l->b->loc;
	mn_val v = value_of(l, e);

	l->b->loc = here;
	if (e->type == EXPR_CALL)
		name_value(l, v, e);
	return v;
}

/* !a where a is no condition itself is a branch on a == 0, as GCC has it, and !!a is one on a */
void lower_branch(struct lowering *l, struct expression *e, struct position pos, int yes, int no)
{
	struct expression *inner;
	mn_val v;

	if (valid_type(e->ctype))
		e = condition_in(e);
	if (e->type == EXPR_VALUE) {
		put_fall(l, e->value ? yes : no);
	} else if (is_logical(e)) {
		branch_logical(l, e, pos, yes, no);
	} else if (e->type == EXPR_PREOP && e->op == '!' && is_condition(inner = condition_in(e->unop))) {
		if (inner->type == EXPR_PREOP)
			lower_branch(l, inner->unop, pos, yes, no);
		else
			lower_branch(l, inner, pos, no, yes);
	} else if (e->type == EXPR_COMPARE && e->op == SPECIAL_NOTEQUAL && is_zero(without_casts(e->right))) {
		lower_branch(l, e->left, pos, yes, no);
	} else {
		at_place(l, pos);
		v = tested(l, e);
		mn_put_branch(l->b, v, yes, no);
	}
}

/* a && b, a ? b : c and a ?: c; @get: value_of() or aggregate(), for b and c */
static mn_val lower_conditional(struct lowering *l, struct expression *e,
				mn_val (*get)(struct lowering *, struct expression *))
{
	int yes = mn_builder_block(l->b), no = mn_builder_block(l->b);
	int end = mn_builder_block(l->b), var = mn_variable(l->b, NULL);
	bool logical = is_logical(e), shorter = !logical && !e->cond_true;
	mn_val v = shorter ? value_of(l, e->conditional) : MN_NONE;

	at_place(l, e->pos);
	if (shorter)
		mn_put_branch(l->b, v, yes, no);
	else
		lower_branch(l, logical ? e : e->conditional, e->pos, yes, no);
	start_block(l, yes);
	mn_write(l->b, var, logical ? number(l, 1) : shorter ? v : get(l, e->cond_true));
	put_fall(l, end);
	start_block(l, no);
	mn_write(l->b, var, logical ? number(l, 0) : get(l, e->cond_false));
	start_block(l, end);
	return mn_read(l->b, var);
}

/* ------------------------------------------------------------------ */
/* memory                                                              */

/* the value of a constant variable of the unit, or NULL */
static struct expression *constant_of(struct symbol *sym)
{
	unsigned long modifiers = sym->ctype.modifiers;

	if (!(modifiers & MOD_CONST) || !(modifiers & (MOD_STATIC | MOD_TOPLEVEL)) ||
	    !sym->initializer || is_aggregate(sym))
		return NULL;
	expand_symbol(sym);
	return sym->initializer->type == EXPR_VALUE ? sym->initializer : NULL;
}

static mn_val lower_load(struct lowering *l, struct expression *e)
{
	struct expression *from = e->unop;
	mn_val v = MN_NONE;

	if (from->type == EXPR_SYMBOL)
		v = parameter(l, from->symbol);
	if (v)
		return v;
	if (from->type == EXPR_SYMBOL && constant_of(from->symbol))
		return value_of(l, from->symbol->initializer);
	if (e->ctype->ctype.modifiers & MOD_VOLATILE) {
		value_of(l, from);
		return unknown(l);
	}
	v = content(l, e, in_memory(l, e));
	if (from->type == EXPR_SYMBOL && name_of_symbol(from->symbol))
		mn_value_name(l->b->func, v, name_of_symbol(from->symbol));
	return v;
}

static mn_val assign_aggregate(struct lowering *l, struct expression *e)
{
	mn_val from = aggregate(l, e->right);
	mn_val to = address(l, e->left);

	move(l, to, from, e->left->ctype);
	return to;
}

/* what a variable is set to has the name of what is on the right, but for
 * what a call returns */
static void name_assigned(struct lowering *l, mn_val v, struct expression *right, struct expression *left)
{
	if (condition_in(right)->type == EXPR_CALL && left->type == EXPR_PREOP &&
	    left->unop->type == EXPR_SYMBOL && name_value(l, v, left))
		return;
	if (is_call_at(right, left->pos) || !name_value(l, v, right))
		name_value(l, v, left);
}

/* what @old, a pointer of @type, points to @count times @scale bits further on; MN_NONE: it is no pointer */
static mn_val moved(struct lowering *l, struct symbol *type, mn_val old, int64_t count, int64_t scale)
{
	int64_t bits = 0;

	return is_pointer(type) && mn_bits_add(&bits, count, scale) ?
	       mn_put_part(l->b, MN_NONE, old, bits, NULL) : MN_NONE;
}

/* @old after "@op= @right" */
static mn_val combined(struct lowering *l, struct expression *e, mn_val old, mn_val right)
{
	int64_t scale = e->op == SPECIAL_ADD_ASSIGN ? 8 : e->op == SPECIAL_SUB_ASSIGN ? -8 : 0;
	mn_val v = scale && e->right->type == EXPR_VALUE ?
		   moved(l, e->left->ctype, old, (int64_t)e->right->value, scale) : MN_NONE;

	return v ? v : operate(l, e->op, plain_type(e->right->ctype), old, right);
}

static void update(struct lowering *l, struct expression *lvalue, mn_val at, mn_val v)
{
	assign(l, lvalue, at, v);
	name_value(l, v, lvalue);
}

static mn_val lower_assignment(struct lowering *l, struct expression *e)
{
	mn_val v, old, at;

	if (by_address(e->left->ctype))
		return assign_aggregate(l, e);
	/* an operator goes with what sets a variable; what goes to memory is computed first */
	at_place(l, is_register(l, e->left) ? e->pos : e->right->pos);
	v = value_of(l, e->right);
	at = in_memory(l, e->left);
	old = e->op == '=' ? MN_NONE : content(l, e->left, at);
	at_place(l, e->pos);
	if (e->op == '=') {
		name_assigned(l, v, e->right, e->left);
		assign(l, e->left, at, v);
		return v;
	}
	v = combined(l, e, old, v);
	update(l, e->left, at, v);
	return v;
}

static mn_val stepped(struct lowering *l, struct expression *e, mn_val old)
{
	int64_t step = e->op == SPECIAL_DECREMENT ? -(int64_t)e->op_value :
						    (int64_t)e->op_value;
	mn_val v = moved(l, e->unop->ctype, old, step, 8);

	return v ? v : emit(l, MN_ADD, old, number(l, step));
}

/* ++ and -- */
static mn_val lower_step(struct lowering *l, struct expression *e)
{
	mn_val at = in_memory(l, e->unop), old = content(l, e->unop, at), new;

	at_place(l, e->pos);
	new = stepped(l, e, old);
	update(l, e->unop, at, new);
	return e->type == EXPR_POSTOP ? old : new;
}

static mn_val lower_preop(struct lowering *l, struct expression *e)
{
	switch (e->op) {
	case '*':
		return lower_load(l, e);
	case SPECIAL_INCREMENT:
	case SPECIAL_DECREMENT:
		return lower_step(l, e);
	case '~':
		if (!is_bool_type(e->ctype))
			return emit(l, MN_XOR, operand(l, e->unop), number(l, -1));
		/* fall through */
	case '!':
		return emit(l, MN_EQ, tested(l, condition_in(e->unop)), number(l, 0));
	case '-':
		return emit(l, MN_SUB, number(l, 0), operand(l, e->unop));
	default:
		return value_of(l, e->unop);
	}
}

static mn_val lower_cast(struct lowering *l, struct expression *e)
{
	struct expression *inner = e->cast_expression;
	mn_val v = value_of(l, inner);

	if (is_bool_type(e->ctype) && valid_type(inner->ctype) && !is_bool_type(inner->ctype))
		return emit(l, MN_NE, v, number(l, 0));
	return v;
}

/* ------------------------------------------------------------------ */
/* aggregates                                                          */

/* a wrapped scalar that is nowhere in memory yet */
static mn_val put_down(struct lowering *l, struct expression *e)
{
	mn_val v = value_of(l, e);
	mn_val at = mn_scratch(l->b, "expression");

	mn_put_store(l->b, at, v, NULL);
	return at;
}

mn_val aggregate(struct lowering *l, struct expression *e)
{
	switch (e->type) {
	case EXPR_PREOP:
		return e->op == '*' ? pointer(l, e->unop, e->ctype) : unknown(l);
	case EXPR_CALL:
		return lower_call(l, e);
	case EXPR_ASSIGNMENT:
		value_of(l, e);
		return address(l, e->left);
	case EXPR_CONDITIONAL:
	case EXPR_SELECT:
		return e->cond_true ? lower_conditional(l, e, aggregate) : unknown(l);
	case EXPR_COMMA:
		value_of(l, e->left);
		return aggregate(l, e->right);
	case EXPR_SLICE:
		return mn_put_part(l->b, MN_NONE, aggregate(l, e->base), e->r_bitpos, NULL);
	case EXPR_STATEMENT:
		return is_wrapped_scalar(e->ctype) ? put_down(l, e) :
		       lower_statement(l, e->statement);
	default:
		return is_cast(e) ? aggregate(l, e->cast_expression) : unknown(l);
	}
}

/* where a part of an object of @type lies, @bits inside of it */
static mn_val member_address(struct lowering *l, mn_val at, struct symbol *type,
			     int64_t bits, struct symbol *selected)
{
	struct mn_part parts[PARTS_MAX];
	int n = parts_find(plain_type(type), bits, selected->ident,
			   selected->ident ? NULL : plain_type(selected), parts);

	return part_address(l, at, parts, n, bits + selected->bit_offset);
}

static void store_part(struct lowering *l, mn_val at, struct symbol *type, int64_t bits,
		       struct symbol *selected, struct expression *e)
{
	struct expression *item;
	mn_val v;

	if (e->type == EXPR_INITIALIZER) {
		FOR_EACH_PTR(e->expr_list, item) {
			store_part(l, at, type, bits, item->ctype, item);
		} END_FOR_EACH_PTR(item);
		return;
	}
	if (e->type == EXPR_POS) {
		store_part(l, at, type, bits + (int64_t)e->init_offset * 8, e->ctype, e->init_expr);
		return;
	}
	if (e->type == EXPR_STRING || !valid_type(e->ctype) || !valid_type(selected))
		return;
	v = value_of(l, e);
	at = member_address(l, at, type, bits, selected);
	if (by_address(e->ctype))
		move(l, at, v, e->ctype);
	else
		mn_put_store(l->b, at, v, NULL);
}

void lower_initializer(struct lowering *l, struct symbol *sym)
{
	struct expression *e = sym->initializer;
	int64_t bits;
	mn_val v;

	if (e->type == EXPR_INITIALIZER || e->type == EXPR_POS) {
		bits = bits_of(sym);
		mn_put_zero(l->b, object(l, sym), bits > 0 ? bits : MN_BITS_UNKNOWN);
		store_part(l, object(l, sym), sym, 0, e->ctype, e);
		return;
	}
	if (e->type == EXPR_STRING)
		return;
	at_place(l, place_of_variable(sym));
	v = value_of(l, e);
	at_place(l, place_of_variable(sym));
	if (by_address(sym)) {
		move(l, object(l, sym), v, sym);
		return;
	}
	if ((condition_in(e)->type == EXPR_CALL && name_of_symbol(sym)) ||
	    (!is_call_at(e, sym->pos) && !name_value(l, v, e) && name_of_symbol(sym)))
		mn_value_name(l->b->func, v, name_of_symbol(sym));
	assign_symbol(l, sym, v);
}

/* ------------------------------------------------------------------ */
/* any expression                                                      */

static mn_val unwrapped(struct lowering *l, struct expression *e, mn_val at)
{
	return is_wrapped_scalar(e->ctype) ? load(l, at) : at;
}

mn_val value_of(struct lowering *l, struct expression *e)
{
	if (!e || !valid_type(e->ctype))
		return unknown(l);
	if (e->type == EXPR_PREOP && e->op == '*' && is_aggregate(e->ctype))
		return unwrapped(l, e, aggregate(l, e));
	switch (e->type) {
	case EXPR_VALUE:
		return number(l, extend_value((long long)e->value, e->ctype));
	case EXPR_SYMBOL:
		return pointer(l, e, NULL);
	case EXPR_BINOP:
		return is_logical(e) ? lower_conditional(l, e, value_of) : lower_binary(l, e);
	case EXPR_COMPARE:
		return lower_binary(l, e);
	case EXPR_PREOP:
		return lower_preop(l, e);
	case EXPR_POSTOP:
		return lower_step(l, e);
	case EXPR_ASSIGNMENT:
		return lower_assignment(l, e);
	case EXPR_LOGICAL:
	case EXPR_CONDITIONAL:
	case EXPR_SELECT:
		return lower_conditional(l, e, value_of);
	case EXPR_COMMA:
		value_of(l, e->left);
		return value_of(l, e->right);
	case EXPR_STATEMENT:
		return lower_statement(l, e->statement);
	case EXPR_CALL:
		return is_aggregate(e->ctype) ? unwrapped(l, e, lower_call(l, e)) :
		       lower_call(l, e);
	case EXPR_SLICE:
		return is_aggregate(e->ctype) ? unwrapped(l, e, aggregate(l, e)) :
		       load(l, aggregate(l, e));
	default:
		return is_cast(e) ? lower_cast(l, e) : unknown(l);
	}
}
