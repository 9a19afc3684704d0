// SPDX-License-Identifier: GPL-2.0-only
/*
 * lower_call.c - calls and inline assembly, for lower.c.
 *
 * A call becomes a call, whatever is known of the callee: that is the engine's
 * business. Only the compiler's own functions are taken apart here. A function that returns
 * an aggregate gets the address of a place for it as a last argument. The handler of a
 * variable that goes out of scope is a call like others.
 */
#include "lower.h"

#define ARGS_MAX 32

static mn_val argument(struct lowering *l, struct expression *call, struct expression *arg)
{
	mn_val v;

	if (!valid_type(arg->ctype))
		return unknown(l);
	if (is_aggregate(arg->ctype) && !is_wrapped_scalar(arg->ctype))
		return aggregate(l, arg);
	v = value_of(l, arg);
	if (!is_call_at(arg, call->fn->pos))
		name_value(l, v, arg);
	return v;
}

static int arguments(struct lowering *l, struct expression *call, mn_val *args)
{
	struct expression *arg;
	int n = 0;

	FOR_EACH_PTR(call->args, arg) {
		if (n < ARGS_MAX)
			args[n++] = argument(l, call, arg);
	} END_FOR_EACH_PTR(arg);
	return n;
}

static struct position place_of_call(const struct expression *call)
{
	return callee_of(call) ? call->fn->pos : call->pos;
}

static void put_stop(struct lowering *l)
{
	put_jump(l, MN_STOP, MN_NONE, NULL, 0);
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
static bool lower_memory(struct lowering *l, struct expression *call, bool copies,
			 mn_val *result)
{
	struct expression *to = nth(call, 0), *from = nth(call, 1), *size = nth(call, 2);
	struct mn_insn in;

	if (!size || size->type != EXPR_VALUE ||
	    (!copies && (from->type != EXPR_VALUE || from->value)))
		return false;
	*result = value_of(l, to);
	in = insn(l, copies ? MN_MOVE : MN_ZERO);
	in.a = *result;
	if (copies)
		in.b = value_of(l, from);
	in.imm = (int64_t)size->value * 8;
	put_insn(l, &in);
	return true;
}

static bool lower_builtin(struct lowering *l, struct expression *call, const char *name,
			  mn_val *result)
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
	const struct symbol *type = call->fn->ctype;

	return type && type->ctype.modifiers & MOD_NORETURN;
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
	if (fn->type == EXPR_PREOP && fn->op == '*' &&
	    plain_type(fn->ctype)->type == SYM_FN)
		return fn->unop;
	return fn;
}

/*
 * The arguments that the callee does not write through: to const, it says so itself, and
 * to void, it does not know what lies there.
 */
static int64_t kept_arguments(struct expression *call, int nargs)
{
	struct symbol *fn = plain_type(call->fn->ctype), *arg, *type;
	int64_t kept = 0;
	int i = 0;

	if (fn->type == SYM_PTR)
		fn = plain_type(fn->ctype.base_type);
	FOR_EACH_PTR(fn->arguments, arg) {
		type = plain_type(arg);
		if (i < nargs && i < 62 && type->type == SYM_PTR &&
		    (type->ctype.modifiers & MOD_CONST ||
		     is_void_type(type->ctype.base_type)))
			kept |= (int64_t)1 << i;
		i++;
	} END_FOR_EACH_PTR(arg);
	return kept;
}

static mn_val emit_call(struct lowering *l, struct expression *call,
			const struct symbol *callee)
{
	bool by_address = is_aggregate(call->ctype);
	mn_val args[ARGS_MAX + 1], through = MN_NONE;
	struct mn_insn in;
	char name[NAME_SIZE];
	int n;

	if (!callee)
		through = value_of(l, function_pointer(call->fn));
	n = arguments(l, call, args);
	if (by_address)
		args[n] = scratch(l, callee ? show_ident(callee->ident) : "call");
	at_place(l, place_of_call(call));
	in = insn(l, callee ? MN_CALL : MN_ICALL);
	in.args = args;
	in.nargs = n + by_address;
	in.imm = kept_arguments(call, n) | (by_address ? MN_CALL_PLACE : 0);
	in.a = through;
	if (callee)
		in.name = show_ident(callee->ident);
	else if (mn_func_reached(l->func) && name_of_member(function_pointer(call->fn), name))
		in.name = name;
	if (!by_address && !is_void_type(call->ctype))
		in.dst = mn_value(l->func, NULL);
	put_insn(l, &in);
	return by_address ? args[n] : in.dst;
}

mn_val lower_call(struct lowering *l, struct expression *call)
{
	struct symbol *callee = callee_of(call);
	mn_val args[ARGS_MAX], result;
	char name[256];
	int n;

	snprintf(name, sizeof(name), "%s", callee ? show_ident(callee->ident) : "");
	at_place(l, place_of_call(call));
	if (callee && !mn_contract_knows(l->a->contract, name)) {
		if (lower_builtin(l, call, name, &result))
			return result ? result : number(l, 0);
		if (is_pure(l, call, callee, name)) {
			n = arguments(l, call, args);
			return emit_named(l, MN_PURE, name, args, n);
		}
	}
	result = emit_call(l, call, callee);
	if (is_noreturn(call))
		put_stop(l);
	return result;
}

void lower_cleanup(struct lowering *l, struct symbol *variable)
{
	struct mn_insn in = insn(l, MN_CALL);
	mn_val at = object(l, variable);

	in.name = show_ident(cleanup_of(variable)->ident);
	in.args = &at;
	in.nargs = 1;
	put_insn(l, &in);
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
static mn_val asm_pure(struct lowering *l, struct statement *stmt, const mn_val *inputs,
		       int ninputs, int output)
{
	uint32_t hash = 5381;
	const char *text = "";
	char name[40];

	if (stmt->asm_string && stmt->asm_string->type == EXPR_STRING)
		text = stmt->asm_string->string->data;
	for (; *text; text++)
		hash = hash * 33 + (unsigned char)*text;
	snprintf(name, sizeof(name), "asm.%08x.%d", hash, output);
	return emit_named(l, MN_PURE, name, inputs, ninputs);
}

static int asm_inputs(struct lowering *l, struct statement *stmt, mn_val *inputs)
{
	struct asm_operand *op;
	int n = 0;

	FOR_EACH_PTR(stmt->asm_inputs, op) {
		if (n < ARGS_MAX)
			inputs[n++] = value_of(l, op->expr);
	} END_FOR_EACH_PTR(op);
	return n;
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

static void asm_goto(struct lowering *l, struct statement *stmt, const mn_val *inputs,
		     int ninputs)
{
	struct mn_case to[ARGS_MAX + 1];
	struct symbol *label;
	int next = new_block(l);
	int n = 0;

	memset(to, 0, sizeof(to));
	FOR_EACH_PTR(stmt->asm_labels, label) {
		if (n < ARGS_MAX)
			to[n++].block = label_block(l, label);
	} END_FOR_EACH_PTR(label);
	to[n++].block = next;
	if (is_patched_jump(stmt))
		put_jump(l, MN_IF, asm_pure(l, stmt, inputs, ninputs, 0), to, n);
	else
		put_jump(l, MN_FORK, MN_NONE, to, n);
	begin_block(l, next);
}

void lower_asm(struct lowering *l, struct statement *stmt)
{
	bool pure = !clobbers_memory(stmt) && !stmt->asm_labels;
	mn_val inputs[ARGS_MAX], v;
	struct asm_operand *op;
	int n, i = 0;

	n = asm_inputs(l, stmt, inputs);
	FOR_EACH_PTR(stmt->asm_outputs, op) {
		if (!op->expr || !valid_type(op->expr->ctype))
			continue;
		v = pure ? asm_pure(l, stmt, inputs, n, i++) : unknown(l);
		if (op->is_memory)
			store(l, value_of(l, op->expr), v);
		else
			assign(l, op->expr, v);
	} END_FOR_EACH_PTR(op);
	if (stmt->asm_labels)
		asm_goto(l, stmt, inputs, n);
}
