// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower_call.c - calls and inline assembly, for lower.c.
 *
 * A call stays a call, whatever is known of the callee: the engine decides what it does. Only the compiler's own
 * functions are replaced here. A function that returns an aggregate gets the address of a place for it as a last
 * argument. The handler of a variable that goes out of scope is a call like others.
 */
#include "adapter.h"

static mn_val argument(struct lowering *l, struct expression *call, struct expression *arg)
{
	mn_val v;

	if (!valid_type(arg->ctype))
		return unknown(l);
	if (by_address(arg->ctype))
		return aggregate(l, arg);
	arg->pos = place_of(call);
	at_place(l, arg->pos);
	v = value_of(l, arg);
	if (!is_call_at(arg, call->fn->pos))
		name_value(l, v, arg);
	return v;
}

static void arguments(struct lowering *l, struct expression *call, value_list *args)
{
	struct expression *arg;

	FOR_EACH_PTR(call->args, arg) {
		mn_val v = argument(l, call, arg);

		*mn_append(args) = v;
	} END_FOR_EACH_PTR(arg);
}

/* ------------------------------------------------------------------ */
/* the compiler's own functions                                        */

static struct expression *nth(struct expression *call, int n)
{
	struct expression *arg;

	FOR_EACH_PTR(call->args, arg) {
		if (!n--)
			return arg;
	} END_FOR_EACH_PTR(arg);
	return NULL;
}

/* memcpy and memset of a constant size; false: it is a call like others */
static bool lower_memory(struct lowering *l, struct expression *call, bool copies, mn_val *result)
{
	struct expression *to = nth(call, 0), *from = nth(call, 1), *size = nth(call, 2);
	int64_t bits = 0;

	if (!size || size->type != EXPR_VALUE ||
	    (!copies && (from->type != EXPR_VALUE || from->value)) ||
	    !mn_bits_add(&bits, (int64_t)size->value, 8) || bits < 0)
		return false;
	*result = value_of(l, to);
	if (copies)
		mn_put_move(l->b, *result, value_of(l, from), bits);
	else
		mn_put_zero(l->b, *result, bits);
	return true;
}

/* the sum goes where the last argument points to; whether it is too large is not known */
static mn_val lower_overflow(struct lowering *l, struct expression *call, enum mn_op op)
{
	mn_val sum = mn_put_op(l->b, op, MN_NONE, value_of(l, nth(call, 0)), value_of(l, nth(call, 1)));

	mn_put_store(l->b, value_of(l, nth(call, 2)), sum, NULL);
	return mn_put_op(l->b, MN_UNKNOWN, MN_NONE, MN_NONE, MN_NONE);
}

static bool lower_builtin(struct lowering *l, struct expression *call, const char *name, mn_val *result)
{
	*result = MN_NONE;
	if (!strncmp(name, "__builtin_", 10))
		name += 10;
	else if (strncmp(name, "mem", 3))
		return false;
	if (!strcmp(name, "unreachable") || !strcmp(name, "trap"))
		put_stop(l);
	else if (!strncmp(name, "expect", 6) || !strcmp(name, "assume_aligned"))
		*result = value_of(l, nth(call, 0));
	else if (!strcmp(name, "constant_p") && nth(call, 0)->type == EXPR_VALUE)
		*result = number(l, 1);		/* else it may be one where this is inlined */
	else if (!strcmp(name, "memcpy") || !strcmp(name, "memmove"))
		return lower_memory(l, call, true, result);
	else if (!strcmp(name, "memset"))
		return lower_memory(l, call, false, result);
	else if (!strcmp(name, "add_overflow"))
		*result = lower_overflow(l, call, MN_ADD);
	else if (!strcmp(name, "sub_overflow"))
		*result = lower_overflow(l, call, MN_SUB);
	else
		return !strcmp(name, "prefetch");
	return true;
}

/* bswap, clz and the like: they have no pointer to do anything with */
static bool is_arithmetic(struct expression *call, const char *name)
{
	struct expression *arg;

	if (strncmp(name, "__builtin_", 10))
		return false;
	FOR_EACH_PTR(call->args, arg) {
		if (!valid_type(arg->ctype) || plain_type(arg->ctype)->type == SYM_PTR)
			return false;
	} END_FOR_EACH_PTR(arg);
	return true;
}

/* ------------------------------------------------------------------ */
/* calls                                                               */

static bool is_noreturn(const struct expression *call)
{
	return call->fn->ctype && call->fn->ctype->ctype.modifiers & MOD_NORETURN;
}

/* a callee without a body that declares to have no effect */
static bool is_pure(const struct lowering *l, struct expression *call,
		    const struct symbol *callee, const char *name)
{
	return is_arithmetic(call, name) ||
	       (callee->ctype.modifiers & MOD_PURE && !body_of(l->a, callee) &&
		!is_aggregate(call->ctype) && !is_noreturn(call));
}

/* the pointer that is called through */
static struct expression *function_pointer(struct expression *fn)
{
	if (fn->type == EXPR_PREOP && fn->op == '*' && plain_type(fn->ctype)->type == SYM_FN)
		return fn->unop;
	return fn;
}

/*
 * The callee does not write through an argument: to const, it says so itself, and
 * to void, it does not know what lies there.
 */
static int64_t set_of_argument(struct lowering *l, struct symbol *type, int i)
{
	struct symbol *to = pointed_type(type);

	if (!to)
		return 0;
	if (type->ctype.modifiers & MOD_CONST || is_void_type(to))
		return mn_keeps(i);
	return mn_lends(l->b, i, to->type == SYM_STRUCT && to->ident ? word_of(to->ident) : NULL);
}

static int64_t sets_of_arguments(struct lowering *l, struct expression *call, int nargs)
{
	struct symbol *fn = plain_type(call->fn->ctype), *arg;
	int64_t sets = 0;
	int i = 0;

	if (fn->type == SYM_PTR)
		fn = plain_type(fn->ctype.base_type);
	FOR_EACH_PTR(fn->arguments, arg) {
		if (i < nargs)
			sets |= set_of_argument(l, plain_type(arg), i);
		i++;
	} END_FOR_EACH_PTR(arg);
	return sets;
}

static mn_val emit_call(struct lowering *l, struct expression *call, const struct symbol *callee)
{
	struct mn_call c = { .name = callee ? word_of(callee->ident) : NULL };
	value_list args = { NULL, 0, 0 };

	if (!callee)
		c.through = value_of(l, function_pointer(call->fn));
	arguments(l, call, &args);
	c.sets = sets_of_arguments(l, call, args.n);
	c.place = is_aggregate(call->ctype);
	if (c.place)
		*mn_append(&args) = mn_scratch(l->b, callee ? word_of(callee->ident) : "call");
	at_place(l, place_of(call));
	c.args = args.v;
	c.nargs = args.n;
	if (!callee && mn_func_reached(l->b->func))
		c.name = name_of_member(&l->a->run, function_pointer(call->fn));
	if (!c.place && !is_void_type(call->ctype))
		c.dst = mn_value(l->b->func, NULL);
	mn_put_call(l->b, &c);
	if (c.place)
		c.dst = args.v[args.n - 1];
	free(args.v);
	return c.dst;
}

static mn_val emit_pure(struct lowering *l, struct expression *call, const char *name)
{
	value_list args = { NULL, 0, 0 };
	mn_val v;

	arguments(l, call, &args);
	v = mn_put_named(l->b, MN_PURE, MN_NONE, name, args.v, args.n);
	free(args.v);
	return v;
}

mn_val lower_call(struct lowering *l, struct expression *call)
{
	struct symbol *callee = function_in(call->fn);
	const char *name = callee ? word_of(callee->ident) : NULL;
	mn_val result;

	at_place(l, place_of(call));
	if (name && !mn_contract_knows(l->a->run.contract, name)) {
		if (lower_builtin(l, call, name, &result))
			return result ? result : number(l, 0);
		if (is_pure(l, call, callee, name))
			return emit_pure(l, call, name);
	}
	result = emit_call(l, call, callee);
	if (is_noreturn(call))
		put_stop(l);
	return result;
}

void lower_cleanup(struct lowering *l, struct symbol *variable)
{
	struct mn_loc here = l->b->loc;
	mn_val at = object(l, variable);
	struct mn_call c = { .name = word_of(cleanup_of(variable)->ident), .args = &at, .nargs = 1, .scope = true };

	at_place(l, place_of_variable(variable));
	mn_put_call(l->b, &c);
	l->b->loc = here;
}

/* ------------------------------------------------------------------ */
/* inline assembly                                                     */

static bool clobbers_memory(struct statement *stmt)
{
	struct expression *e;

	FOR_EACH_PTR(stmt->asm_clobbers, e) {
		if (e->type == EXPR_STRING && !strcmp(e->string->data, "memory"))
			return true;
	} END_FOR_EACH_PTR(e);
	return false;
}

/* the @output-th result as a function of the inputs: sparse does not say "volatile" */
static mn_val asm_pure(struct lowering *l, struct statement *stmt, const value_list *inputs, int output)
{
	const char *text = "";

	if (stmt->asm_string && stmt->asm_string->type == EXPR_STRING)
		text = stmt->asm_string->string->data;
	return mn_put_named(l->b, MN_PURE, MN_NONE, mn_run_asm(&l->a->run, text, output),
			    inputs->v, inputs->n);
}

static void asm_inputs(struct lowering *l, struct statement *stmt, value_list *inputs)
{
	struct asm_operand *op;

	FOR_EACH_PTR(stmt->asm_inputs, op) {
		mn_val v = value_of(l, op->expr);

		*mn_append(inputs) = v;
	} END_FOR_EACH_PTR(op);
}

/* patched code, such as a static key: it jumps or not, and then does so again */
static bool is_patched_jump(struct statement *stmt)
{
	struct asm_operand *op;

	FOR_EACH_PTR(stmt->asm_inputs, op) {
		if (!op->constraint || op->constraint->type != EXPR_STRING ||
		    strcmp(op->constraint->string->data, "i"))
			return false;
	} END_FOR_EACH_PTR(op);
	return symbol_list_size(stmt->asm_labels) == 1 && !stmt->asm_outputs;
}

static void asm_goto(struct lowering *l, struct statement *stmt, const value_list *inputs)
{
	int next = mn_builder_block(l->b);
	case_list to = { NULL, 0, 0 };
	struct symbol *label;

	FOR_EACH_PTR(stmt->asm_labels, label) {
		mn_append(&to)->block = label_block(l, label);
	} END_FOR_EACH_PTR(label);
	mn_append(&to)->block = next;
	if (is_patched_jump(stmt))
		mn_put_jump(l->b, MN_IF, asm_pure(l, stmt, inputs, 0), to.v, to.n);
	else
		mn_put_jump(l->b, MN_FORK, MN_NONE, to.v, to.n);
	free(to.v);
	start_block(l, next);
}

void lower_asm(struct lowering *l, struct statement *stmt)
{
	bool pure = !clobbers_memory(stmt) && !stmt->asm_labels;
	value_list inputs = { NULL, 0, 0 };
	struct asm_operand *op;
	int i = 0;

	asm_inputs(l, stmt, &inputs);
	FOR_EACH_PTR(stmt->asm_outputs, op) {
		if (!op->expr || !valid_type(op->expr->ctype))
			continue;
		mn_val v = pure ? asm_pure(l, stmt, &inputs, i++) : unknown(l);
		if (op->is_memory)
			mn_put_store(l->b, value_of(l, op->expr), v, NULL);
		else
			assign(l, op->expr, in_memory(l, op->expr), v);
	} END_FOR_EACH_PTR(op);
	if (stmt->asm_labels)
		asm_goto(l, stmt, &inputs);
	else if (inputs.n && !stmt->asm_outputs)
		unknown(l);	/* it does something with them */
	free(inputs.v);
}
