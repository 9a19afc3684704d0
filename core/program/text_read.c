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
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* a mistyped number shall not eat the memory */
#define VALUES_MAX	(1 << 20)

void text_fail(struct reader *r, const char *fmt, ...)
{
	va_list args;
	int len;

	if (r->failed)
		return;
	r->failed = true;
	len = snprintf(r->err, r->size, "%s:%d:%d: error: ", r->file, r->number,
		       (int)(r->p - r->line) + 1);
	if (len < 0 || (size_t)len >= r->size)
		return;
	va_start(args, fmt);
	vsnprintf(r->err + len, r->size - (size_t)len, fmt, args);
	va_end(args);
}

/* ------------------------------------------------------------------ */
/* words                                                               */

static void skip(struct reader *r)
{
	while (*r->p == ' ' || *r->p == '\t' || *r->p == '\r')
		r->p++;
}

static bool at_end(struct reader *r)
{
	skip(r);
	return !*r->p || *r->p == '\n' || *r->p == '#';
}

static bool eat(struct reader *r, char c)
{
	skip(r);
	if (*r->p != c)
		return false;
	r->p++;
	return true;
}

static void expect(struct reader *r, char c, const char *where)
{
	if (!eat(r, c))
		text_fail(r, "no '%c' %s; write one here", c, where);
}

static bool word_char(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-';
}

static bool at_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	skip(r);
	return !strncmp(r->p, word, len) && !word_char(r->p[len]) &&
	       !text_bare(r->p[len]);
}

bool text_eat_word(struct reader *r, const char *word)
{
	if (!at_word(r, word))
		return false;
	r->p += strlen(word);
	return true;
}

static const char *intern(struct reader *r, const char *text, size_t len)
{
	return arena_intern(r->unit->arena,
			    arena_printf(r->unit->arena, "%.*s", (int)len, text));
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static char get_escaped(struct reader *r)
{
	int high, low;

	if (*r->p == '"' || *r->p == '\\')
		return *r->p++;
	if (*r->p == 'x') {
		high = hex_digit(r->p[1]);
		low = high < 0 ? -1 : hex_digit(r->p[2]);
		if (low >= 0 && (high || low)) {
			r->p += 3;
			return (char)(high * 16 + low);
		}
	}
	text_fail(r, "no such escape; write \\\", \\\\ or \\xHH");
	return 0;
}

static const char *get_quoted(struct reader *r)
{
	char *text;
	size_t n = 0;

	expect(r, '"', "before a quoted text");
	text = (char *)arena_alloc(r->unit->arena, strcspn(r->p, "\n") + 1);
	while (!r->failed && *r->p != '"') {
		if (!*r->p || *r->p == '\n') {
			text_fail(r, "the quoted text does not end; close it with '\"'");
		} else if (*r->p == '\\') {
			r->p++;
			text[n++] = get_escaped(r);
		} else {
			text[n++] = *r->p++;
		}
	}
	if (!r->failed)
		r->p++;
	return arena_intern(r->unit->arena, text);
}

const char *text_get_name(struct reader *r, const char *of)
{
	const char *begin;

	skip(r);
	if (*r->p == '"')
		return get_quoted(r);
	begin = r->p;
	while (text_bare(*r->p))
		r->p++;
	if (r->p == begin)
		text_fail(r, "no name of %s; write it, quoted if it has odd characters",
			  of);
	return intern(r, begin, (size_t)(r->p - begin));
}

int64_t text_get_number(struct reader *r, const char *what, int64_t lo,
			int64_t hi)
{
	const char *digits;
	char *end;
	int64_t number;

	skip(r);
	digits = r->p + (*r->p == '-' || *r->p == '+');
	errno = 0;
	number = strtoll(r->p, &end, 10);
	if (*digits < '0' || *digits > '9' || errno || number < lo || number > hi) {
		text_fail(r, "no %s; write a number from %" PRId64 " to %" PRId64, what,
		     lo, hi);
		return 0;
	}
	r->p = end;
	return number;
}

static int get_block(struct reader *r)
{
	return (int)text_get_number(r, "block", 0, INT_MAX);
}

static bool at_value(struct reader *r)
{
	skip(r);
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

/* FILE:LINE:COL, where FILE may have colons of its own */
static struct mn_loc get_bare_place(struct reader *r)
{
	const char *end = r->p + strcspn(r->p, " \t\r\n"), *colon = end;
	struct mn_loc loc = { NULL, 0, 0, 0 };
	int colons = 0;

	while (colon > r->p && colons < 2)
		colons += *--colon == ':';
	if (colons < 2 || colon == r->p) {
		text_fail(r, "no place; write FILE:LINE:COL or 'nowhere'");
		return loc;
	}
	loc.file = intern(r, r->p, (size_t)(colon - r->p));
	r->p = colon;
	return loc;
}

/* what may stand at the end of a line; by default the line itself is the place */
struct mn_loc text_get_place(struct reader *r)
{
	struct mn_loc loc = { r->file, r->number, 1, 0 };
	struct mn_loc nowhere = { NULL, 0, 0, 0 };

	if (!text_eat_word(r, "at"))
		return loc;
	if (text_eat_word(r, "nowhere"))
		return nowhere;
	if (*r->p == '"')
		loc.file = get_quoted(r);
	else
		loc = get_bare_place(r);
	expect(r, ':', "behind the file");
	loc.line = (int)text_get_number(r, "line", 0, INT_MAX);
	expect(r, ':', "behind the line");
	loc.col = (int)text_get_number(r, "column", 0, INT_MAX);
	return loc;
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
	text_fail(r, "no such instruction; testcases/cfg/README.md lists them");
	return MN_STOP;
}

static void get_args(struct reader *r, values_t *args)
{
	mn_val v;

	expect(r, '(', "before the arguments");
	if (eat(r, ')'))
		return;
	do {
		v = get_value(r);
		*vec_push(r->unit->arena, args) = v;
	} while (!r->failed && eat(r, ','));
	expect(r, ')', "behind the arguments");
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
	else if (field == 'i' && text_eat_word(r, "keeps"))
		in->imm = text_get_number(r, "set of arguments", 0, INT64_MAX);
	else if (field == 'N' || (field == 'n' && !at_end(r) && !at_word(r, "at")))
		in->name = text_get_name(r, op_word(in->op));
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

	expect(r, ':', "behind the value of 'switch'");
	do {
		if (text_eat_word(r, "else")) {
			add_case(r, cases, 1, 0);
			continue;
		}
		lo = hi = text_get_number(r, "case", INT64_MIN, INT64_MAX);
		if (eat(r, '.')) {
			expect(r, '.', "between the ends of a case");
			hi = text_get_number(r, "end of the case", lo, INT64_MAX);
		}
		if (!text_eat_word(r, "goto"))
			text_fail(r, "no 'goto' behind the case; write 'goto BLOCK'");
		add_case(r, cases, lo, hi);
	} while (!r->failed && eat(r, ','));
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
		while (!r->failed && !at_end(r) && !at_word(r, "at"));
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
		skip(r);
		if (*r->p == '"')
			mn_value_name(r->func, in.dst, get_quoted(r));
		expect(r, '=', "behind the result");
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
		mn_func_calls(r->func, in.name);
}

/* ------------------------------------------------------------------ */
/* the other lines                                                     */

static void read_declares(struct reader *r)
{
	const char *name = text_get_name(r, "a function");

	expect(r, '/', "behind the function");
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
	*type = intern(r, both, (size_t)(dot - both));
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

	expect(r, '(', "behind the function's name");
	if (eat(r, ')'))
		return;
	do {
		name = vec_push(r->unit->arena, names);
		if (get_number_of_value(r) != (mn_val)names->n)
			text_fail(r, "parameter %d is not v%d; number them from v1",
			     names->n, names->n);
		skip(r);
		if (*r->p == '"')
			*name = get_quoted(r);
	} while (!r->failed && eat(r, ','));
	expect(r, ')', "behind the parameters");
}

static void read_func(struct reader *r)
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
	if (text_eat_word(r, "blocks"))
		size = (int)text_get_number(r, "number of blocks", 0, INT_MAX);
	loc = text_get_place(r);
	if (r->failed)
		return;
	r->func = mn_func_new(r->unit, name, loc, params.n, flags);
	if (!r->func) {
		text_fail(r, "a second function '%s'; give it another name", name);
		return;
	}
	for (i = 0; i < params.n; i++)
		mn_value_name(r->func, (mn_val)i + 1, params.v[i]);
	mn_func_size(r->func, size);
	r->block = -1;
	*vec_push(r->unit->arena, &r->func_lines) = r->number;
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
		} while (!r->failed && !eat(r, ':'));
	else
		expect(r, ':', "behind the block");
	if (r->failed)
		return;
	r->block = mn_block(r->func);
	mn_block_preds(r->func, r->block, preds.v, preds.n);
}

static void read_in_func(struct reader *r)
{
	const char *type, *member;

	if (!r->func)
		text_fail(r, "no function yet; write 'func NAME(v1, ..)' before this");
	else if (text_eat_word(r, "block"))
		read_block(r);
	else if (text_eat_word(r, "calls"))
		mn_func_calls(r->func, text_get_name(r, "a function"));
	else if (!text_eat_word(r, "stored-in"))
		read_insn(r);
	else if (get_member(r, &type, &member))
		mn_func_stored_in(r->func, type, member);
}

static void read_line(struct reader *r)
{
	if (at_end(r))
		return;
	if (text_eat_word(r, "unit"))
		r->unit->file = text_get_name(r, "a unit");
	else if (text_eat_word(r, "declares"))
		read_declares(r);
	else if (text_eat_word(r, "layout"))
		read_layout(r);
	else if (text_eat_word(r, "table"))
		text_read_table(r);
	else if (text_eat_word(r, "member"))
		text_read_member(r);
	else if (text_eat_word(r, "func"))
		read_func(r);
	else
		read_in_func(r);
	if (!at_end(r))
		text_fail(r, "more text than belongs here; remove it, or begin a comment with '#'");
}

/* a text written with another contract may lack what this one wants */
static void check_bodies(struct reader *r)
{
	const struct mn_func *func;
	int i;

	for (i = 0; i < r->unit->funcs.n && !r->failed; i++) {
		func = r->unit->funcs.v[i];
		r->number = r->func_lines.v[i];
		if (func->wanted && !func->blocks.n)
			text_fail(r, "'%s' is wanted and has no blocks; write the text with the same contract",
			     func->name);
	}
}

int mn_text_read(struct mn_unit *unit, const char *name, const char *text,
		 char *err, size_t size)
{
	struct reader r;

	memset(&r, 0, sizeof(r));
	r.unit = unit;
	r.block = -1;
	r.file = arena_intern(unit->arena, name);
	r.err = err;
	r.size = size;
	for (r.p = text; *r.p && !r.failed; r.p += *r.p == '\n') {
		r.line = r.p;
		r.number++;
		read_line(&r);
		r.p += strcspn(r.p, "\n");
	}
	r.line = r.p;
	if (!r.failed)
		mn_unit_plan(unit);
	check_bodies(&r);
	return r.failed ? -EINVAL : 0;
}
