// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_read.c - the text form back into the abstract program.
 *
 * The grammar is in testcases/cfg/README.md. A line is one thing and stands alone: no
 * look-ahead, no state but the function and block that it belongs to. Whether
 * the program makes sense is validate.c's question. The first fault is kept and
 * reading ends with its line, so that the functions below need not ask one another
 * how it went.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "text.h"

/* a mistyped number shall not eat the memory */
#define VALUES_MAX	(1 << 20)

/* ------------------------------------------------------------------ */
/* words                                                               */

static int get_block(struct reader *r)
{
	return (int)text_get_number(r, "block", 0, INT_MAX);
}

static bool at_value(struct reader *r)
{
	text_skip(r);
	return r->p[0] == 'v' && r->p[1] >= '0' && r->p[1] <= '9';
}

static mn_val get_number_of_value(struct reader *r)
{
	if (!at_value(r)) {
		text_fail(r, "no value; write 'v' and its number");
		return MN_NONE;
	}
	r->p++;
	return (mn_val)text_get_number(r, "value", 0, VALUES_MAX);
}

static mn_val get_value(struct reader *r)
{
	mn_val v = get_number_of_value(r);

	while ((mn_val)r->func->values.n <= v)
		mn_value(r->func, NULL);
	return v;
}

/* ------------------------------------------------------------------ */
/* one instruction                                                     */

typedef MN_VEC(mn_val) values_t;
typedef MN_VEC(struct mn_case) cases_t;

static enum mn_op get_op(struct reader *r)
{
	int op;

	for (op = 0; op < MN_OP_COUNT; op++)
		if (text_eat_word(r, op_word((enum mn_op)op)))
			return (enum mn_op)op;
	text_fail(r, "unknown instruction; testcases/cfg/README.md lists them");
	return MN_STOP;
}

static void get_args(struct reader *r, values_t *args)
{
	mn_val v;

	text_expect(r, '(', "before the arguments");
	if (text_eat(r, ')'))
		return;
	do {
		v = get_value(r);
		*vec_push(r->unit->arena, args) = v;
	} while (!r->failed && text_eat(r, ','));
	text_expect(r, ')', "behind the arguments");
}

/* the arguments of a call that are kept, or ranges, and what makes it */
static int64_t get_sets(struct reader *r)
{
	int64_t sets = 0;

	if (text_eat_word(r, "keeps"))
		sets = text_get_number(r, "set of arguments", 0, INT64_MAX);
	if (text_eat_word(r, "lends"))
		sets |= text_get_number(r, "set of arguments", 0,
					((int64_t)1 << MN_ARGS_MAX) - 1) << MN_ARGS_MAX;
	if (text_eat_word(r, "ends-scope"))
		sets |= MN_CALL_SCOPE;
	return sets;
}

/* of a function, or of a variable: in the program it may be another one */
static const char *get_name(struct reader *r, enum mn_op op)
{
	const char *name = text_get_name(r, op_word(op));

	return op == MN_CALL || op == MN_FUNC || op == MN_GLOBAL ? scope_get(r->scope, name) : name;
}

static void get_field(struct reader *r, struct mn_insn *in, char field,
		      values_t *args)
{
	if (field == 'A' || (field == 'a' && at_value(r)))
		in->a = get_value(r);
	else if (field == 'B')
		in->b = get_value(r);
	else if (field == 'I')
		in->imm = text_get_number(r, "number", INT64_MIN, INT64_MAX);
	else if (field == 'i')
		in->imm = get_sets(r);
	else if (field == 'N' || (field == 'n' && !text_at_end(r) && !text_at_word(r, "at")))
		in->name = get_name(r, in->op);
	else if (field == 'L')
		get_args(r, args);
}

static void add_case(struct reader *r, cases_t *cases, int64_t lo, int64_t hi)
{
	struct mn_case *c = vec_push(r->unit->arena, cases);

	c->lo = lo;
	c->hi = hi;
	c->block = get_block(r);
}

static void get_switch(struct reader *r, cases_t *cases)
{
	int64_t lo, hi;

	text_expect(r, ':', "behind the value of 'switch'");
	do {
		if (text_eat_word(r, "else")) {
			add_case(r, cases, 1, 0);
			continue;
		}
		lo = hi = text_get_number(r, "case", INT64_MIN, INT64_MAX);
		if (text_eat(r, '.')) {
			text_expect(r, '.', "between the ends of a case");
			hi = text_get_number(r, "end of the case", lo, INT64_MAX);
		}
		if (!text_eat_word(r, "goto"))
			text_fail(r, "no 'goto' behind the case; write 'goto BLOCK'");
		add_case(r, cases, lo, hi);
	} while (!r->failed && text_eat(r, ','));
}

static void get_successors(struct reader *r, enum mn_op op, cases_t *cases)
{
	if (op == MN_GOTO) {
		add_case(r, cases, 0, 0);
	} else if (op == MN_IF) {
		if (!text_eat_word(r, "goto"))
			text_fail(r, "no 'goto' behind the condition; write 'goto BLOCK else BLOCK'");
		add_case(r, cases, 0, 0);
		if (!text_eat_word(r, "else"))
			text_fail(r, "no 'else' behind the block; write 'else BLOCK'");
		add_case(r, cases, 0, 0);
	} else if (op == MN_SWITCH) {
		get_switch(r, cases);
	} else if (op == MN_FORK) {
		do
			add_case(r, cases, 0, 0);
		while (!r->failed && !text_at_end(r) && !text_at_word(r, "at"));
	}
}

static void check_result(struct reader *r, const struct mn_insn *in,
			 bool has_result)
{
	const char *shape = op_shape(in->op);

	if (!has_result && strchr(shape, 'D'))
		text_fail(r, "'%s' has a result; write 'vN = %s'", op_word(in->op),
		     op_word(in->op));
	if (has_result && !strchr(shape, 'D') && !strchr(shape, 'd'))
		text_fail(r, "'%s' has no result; leave out what stands before it",
		     op_word(in->op));
}

static void read_insn(struct reader *r)
{
	values_t args = { NULL, 0, 0 };
	cases_t cases = { NULL, 0, 0 };
	bool has_result = at_value(r);
	struct mn_insn in;
	const char *field;

	memset(&in, 0, sizeof(in));
	if (r->block < 0) {
		text_fail(r, "an instruction outside a block; write 'block 0:' before it");
		return;
	}
	if (has_result) {
		in.dst = get_value(r);
		if (in.dst == MN_NONE)
			text_fail(r, "v0 stands for no value; write 'v' and a number from 1");
		text_skip(r);
		if (*r->p == '"')
			mn_value_name(r->func, in.dst, text_get_quoted(r));
		text_expect(r, '=', "behind the result");
	}
	in.op = get_op(r);
	check_result(r, &in, has_result);
	for (field = op_shape(in.op); *field && !r->failed; field++)
		get_field(r, &in, *field, &args);
	get_successors(r, in.op, &cases);
	in.loc = text_get_place(r);
	in.args = args.v;
	in.nargs = args.n;
	in.succ = cases.v;
	in.nsucc = cases.n;
	if (r->failed)
		return;
	mn_emit(r->func, r->block, &in);
	if (in.op == MN_CALL)
		func_calls(r->func, in.name);
}

/* ------------------------------------------------------------------ */
/* the other lines                                                     */

static void read_declares(struct reader *r)
{
	const char *name = text_get_name(r, "a function");

	text_expect(r, '/', "behind the function");
	mn_unit_declares(r->unit, name,
			 (int)text_get_number(r, "number of parameters", 0, INT_MAX));
}

/* TYPE.MEMBER: the last dot parts them */
static bool get_member(struct reader *r, const char **type, const char **member)
{
	const char *both = text_get_name(r, "a member"), *dot = strrchr(both, '.');

	if (!dot) {
		text_fail(r, "no '.' in the member; write TYPE.MEMBER");
		return false;
	}
	*type = text_intern(r, both, (size_t)(dot - both));
	*member = arena_intern(r->unit->arena, dot + 1);
	return !r->failed;
}

static void read_layout(struct reader *r)
{
	const char *type, *member;

	if (get_member(r, &type, &member))
		mn_unit_layout(r->unit, type, member,
			       text_get_number(r, "offset in bits", 0, INT64_MAX));
}

typedef MN_VEC(const char *) names_t;

static void get_params(struct reader *r, names_t *names)
{
	const char **name;

	text_expect(r, '(', "behind the function's name");
	if (text_eat(r, ')'))
		return;
	do {
		name = vec_push(r->unit->arena, names);
		if (get_number_of_value(r) != (mn_val)names->n)
			text_fail(r, "parameter %d is not v%d; number them from v1",
			     names->n, names->n);
		text_skip(r);
		if (*r->p == '"')
			*name = text_get_quoted(r);
	} while (!r->failed && text_eat(r, ','));
	text_expect(r, ')', "behind the parameters");
}

static void read_head(struct reader *r)
{
	const char *name = text_get_name(r, "a function");
	names_t params = { NULL, 0, 0 };
	unsigned int flags = 0;
	struct mn_loc loc;
	int i, size = 1;

	get_params(r, &params);
	if (text_eat_word(r, "external"))
		flags |= MN_FUNC_EXTERNAL;
	if (text_eat_word(r, "address"))
		flags |= MN_FUNC_ADDRESS;
	if (text_eat_word(r, "exported"))
		flags |= MN_FUNC_EXPORTED;
	if (text_eat_word(r, "weak"))
		flags |= MN_FUNC_WEAK;
	if (text_eat_word(r, "indirect"))
		flags |= MN_FUNC_INDIRECT;
	if (text_eat_word(r, "blocks"))
		size = (int)text_get_number(r, "number of blocks", 0, INT_MAX);
	loc = text_get_place(r);
	if (r->failed)
		return;
	r->func = func_new(r->unit, name, loc, params.n, flags);
	if (!r->func) {
		text_fail(r, "function '%s' is defined twice; rename one", name);
		return;
	}
	for (i = 0; i < params.n; i++)
		r->func->values.v[i + 1].name = params.v[i];
	mn_func_size(r->func, size);
	r->block = -1;
	r->taken = NULL;
	r->func->text_line = r->number;
}

static void read_func(struct reader *r)
{
	if (r->heads && heads_known(r))
		return;
	read_head(r);
	if (r->heads && !r->failed)
		heads_add(r);
}

static void read_block(struct reader *r)
{
	MN_VEC(int) preds = { NULL, 0, 0 };
	int pred;

	if (get_block(r) != r->block + 1)
		text_fail(r, "this is not block %d; number the blocks from 0",
		     r->block + 1);
	if (text_eat_word(r, "preds"))
		do {
			pred = get_block(r);
			*vec_push(r->unit->arena, &preds) = pred;
		} while (!r->failed && !text_eat(r, ':'));
	else
		text_expect(r, ':', "behind the block");
	if (r->failed)
		return;
	r->block = mn_block(r->func);
	mn_block_preds(r->func, r->block, preds.v, preds.n);
}

static void read_in_func(struct reader *r)
{
	const char *type, *member;

	if (r->taken && text_eat_word(r, "stored-in")) {
		if (get_member(r, &type, &member))
			mn_unit_takes(r->unit, r->taken, type, member);
	} else if (!r->func)
		text_fail(r, "no function yet; write 'func NAME(v1, ..)' before this");
	else if (r->heads && text_at_word(r, "block"))
		heads_leave_body(r);
	else if (text_eat_word(r, "block"))
		read_block(r);
	else if (text_eat_word(r, "through"))
		func_calls_through(r->func, text_get_name(r, "a member"));
	else if (!text_eat_word(r, "stored-in"))
		read_insn(r);
	else if (get_member(r, &type, &member))
		mn_func_stored_in(r->func, type, member);
}

static void read_line(struct reader *r)
{
	if (text_at_end(r))
		return;
	if (r->heads && r->func && r->line > r->end)
		r->func = NULL;
	/* most lines of facts say what is called */
	if (r->func && text_eat_word(r, "calls"))
		func_calls(r->func, text_get_name(r, "a function"));
	else if (text_eat_word(r, "func"))
		read_func(r);
	else if (text_eat_word(r, "unit"))
		r->unit->file = text_get_name(r, "a unit");
	else if (text_eat_word(r, "declares"))
		read_declares(r);
	else if (text_eat_word(r, "layout"))
		read_layout(r);
	else if (text_eat_word(r, "table"))
		text_read_table(r);
	else if (text_eat_word(r, "member"))
		text_read_member(r);
	else if (!facts_read_line(r))
		read_in_func(r);
	if (!text_at_end(r))
		text_fail(r, "unexpected text; remove it, or start a comment with '#'");
}

int mn_text_bodies(const struct mn_unit *unit, const char *name, char *err, size_t size)
{
	const struct mn_func *func;
	int i;

	for (i = 0; i < unit->funcs.n; i++) {
		func = unit->funcs.v[i];
		if (!func->wanted || func->blocks.n)
			continue;
		snprintf(err, size, "%s:%d:1: error: '%s' is wanted and has no blocks; "
			 "write the text with the same contract", name, func->text_line,
			 func->name);
		return -EINVAL;
	}
	return 0;
}

static void start_reading(struct reader *r, struct mn_unit *unit, const char *name, char *err,
			  size_t size)
{
	memset(r, 0, sizeof(*r));
	r->unit = unit;
	r->block = -1;
	r->file = arena_intern(unit->arena, name);
	r->err = err;
	r->size = size;
}

static int read_lines(struct reader *r, const char *text)
{
	for (r->p = text; *r->p && !r->failed; r->p += *r->p == '\n') {
		r->line = r->p;
		r->number++;
		read_line(r);
		r->p += strcspn(r->p, "\n");
	}
	return r->failed ? -EINVAL : 0;
}

int mn_text_read(struct mn_unit *unit, const char *name, const char *text,
		 char *err, size_t size)
{
	struct reader r;

	start_reading(&r, unit, name, err, size);
	return read_lines(&r, text);
}

int text_read_heads(struct mn_unit *unit, struct heads *heads, const char *name, const char *text, char *err,
		    size_t size)
{
	struct reader r;

	start_reading(&r, unit, name, err, size);
	r.heads = heads;
	return read_lines(&r, text);
}

int text_read_body(struct mn_func *func, const char *name, const struct scope *scope,
		   char *err, size_t size)
{
	struct reader r;

	start_reading(&r, func->unit, name, err, size);
	r.func = func;
	r.scope = scope;
	r.near = true;
	r.last = func->loc;
	r.number = func->body_line - 1;
	for (r.p = func->body; !r.failed && text_in_body(r.p); r.p += *r.p == '\n') {
		r.line = r.p;
		r.number++;
		read_in_func(&r);
		if (!text_at_end(&r))
			text_fail(&r, "unexpected text; remove it");
		r.p += strcspn(r.p, "\n");
	}
	return r.failed ? -EINVAL : 0;
}
