// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_write.c - the abstract program as text that people read and diff.
 *
 * The grammar is in testcases/cfg/README.md; text_read.c reads it back, and writing
 * that again gives the same bytes. What the engine found out (plan, states,
 * findings) is no part of it, nor is the adapter's cookie.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "text.h"

#define PLACE_COLUMN	56

/* ------------------------------------------------------------------ */
/* words                                                               */

static void put_member(const struct mn_unit *unit, const char *type,
		       const char *member, FILE *to)
{
	text_put_name(arena_printf(unit->arena, "%s.%s", type ? type : "",
			      member ? member : ""), to);
}

static void put_value(const struct mn_func *func, mn_val v, bool name, FILE *to)
{
	fprintf(to, "v%u", v);
	if (!name || v >= (mn_val)func->values.n || !func->values.v[v].name)
		return;
	putc(' ', to);
	text_put_quoted(func->values.v[v].name, to);
}

/* ------------------------------------------------------------------ */
/* one instruction                                                     */

static void put_args(const struct mn_insn *in, FILE *to)
{
	int i;

	putc('(', to);
	for (i = 0; i < in->nargs; i++)
		fprintf(to, "%sv%u", i ? ", " : "", in->args[i]);
	putc(')', to);
}

static void put_case(const struct mn_case *c, FILE *to)
{
	if (c->lo > c->hi)
		fprintf(to, "else %d", c->block);
	else if (c->lo == c->hi)
		fprintf(to, "%" PRId64 " goto %d", c->lo, c->block);
	else
		fprintf(to, "%" PRId64 "..%" PRId64 " goto %d", c->lo, c->hi,
			c->block);
}

static void put_successors(const struct mn_insn *in, FILE *to)
{
	int i;

	for (i = 0; i < in->nsucc; i++) {
		if (in->op == MN_SWITCH) {
			fputs(i ? ", " : ": ", to);
			put_case(&in->succ[i], to);
		} else if (in->op == MN_IF) {
			fprintf(to, i ? " else %d" : " goto %d", in->succ[i].block);
		} else {
			fprintf(to, " %d", in->succ[i].block);
		}
	}
}

/* the arguments of a call that are kept, or ranges, and what makes it */
static void put_sets(int64_t sets, FILE *to)
{
	int64_t lent = sets & ((((int64_t)1 << MN_ARGS_MAX) - 1) << MN_ARGS_MAX);
	int64_t kept = sets & ~lent & ~MN_CALL_SCOPE;

	if (kept)
		fprintf(to, " keeps %" PRId64, kept);
	if (lent)
		fprintf(to, " lends %" PRId64, lent >> MN_ARGS_MAX);
	if (sets & MN_CALL_SCOPE)
		fputs(" ends-scope", to);
}

void text_insn(const struct mn_func *func, const struct mn_insn *in, FILE *to)
{
	const char *field = op_shape(in->op);

	if (in->dst) {
		put_value(func, in->dst, true, to);
		fputs(" = ", to);
	}
	fputs(op_word(in->op), to);
	for (; *field; field++) {
		if (toupper(*field) == 'A' && in->a)
			fprintf(to, " v%u", in->a);
		else if (*field == 'B')
			fprintf(to, " v%u", in->b);
		else if (*field == 'I')
			fprintf(to, in->op == MN_ADDR ? " %+" PRId64 : " %" PRId64,
				in->imm);
		else if (*field == 'i')
			put_sets(in->imm, to);
		else if (*field == 'L')
			put_args(in, to);
		else if (toupper(*field) == 'N' && in->name) {
			putc(' ', to);
			text_put_name(in->name, to);
		}
	}
	put_successors(in, to);
}

/* ------------------------------------------------------------------ */
/* blocks, functions, the unit                                         */

/* only what differs from the place before */
static void put_near(struct writer *w, struct mn_loc loc)
{
	bool same_file = loc.file && w->last.file && !strcmp(loc.file, w->last.file);

	if (!same_file && loc.file != w->last.file)
		text_put_place(loc, w->to);
	else if (loc.line != w->last.line || loc.col != w->last.col)
		fprintf(w->to, " at %d:%d", loc.line, loc.col);
	w->last = loc;
}

static void write_insn(const struct mn_func *func, const struct mn_insn *in,
		       FILE *to)
{
	size_t size;
	char *line;
	FILE *mem = open_memstream(&line, &size);

	if (!mem)
		out_of_memory();
	text_insn(func, in, mem);
	if (fclose(mem))
		out_of_memory();
	fprintf(to, "  %-*s", PLACE_COLUMN - 2, line);
	free(line);
	text_put_place(in->loc, to);
	putc('\n', to);
}

static void write_block(const struct mn_func *func, int number, struct writer *w)
{
	const struct block *block = &func->blocks.v[number];
	FILE *to = w->to;
	int i;

	fprintf(to, "block %d", number);
	if (block->npreds)
		fputs(" preds", to);
	for (i = 0; i < block->npreds; i++)
		fprintf(to, " %d", block->preds[i]);
	fputs(":\n", to);
	for (i = 0; i < block->insns.n; i++) {
		if (!w->near) {
			write_insn(func, &block->insns.v[i], to);
			continue;
		}
		putc(' ', to);
		text_insn(func, &block->insns.v[i], to);
		put_near(w, block->insns.v[i].loc);
		putc('\n', to);
	}
}

void text_write_blocks(const struct mn_func *func, struct writer *w)
{
	int i;

	w->last = func->loc;
	for (i = 0; i < func->blocks.n; i++)
		write_block(func, i, w);
}

static bool body_calls(const struct mn_func *func, const char *callee)
{
	const struct block *block;
	int i, k;

	for (i = 0; i < func->blocks.n; i++) {
		block = &func->blocks.v[i];
		for (k = 0; k < block->insns.n; k++)
			if (block->insns.v[k].op == MN_CALL &&
			    block->insns.v[k].name == callee)
				return true;
	}
	return false;
}

void text_write_member(const struct mn_unit *unit, const struct stored_in *stored, FILE *to)
{
	fputs("  stored-in ", to);
	put_member(unit, stored->type, stored->member, to);
	putc('\n', to);
}

void text_write_head(const struct mn_func *func, FILE *to)
{
	int i;

	fputs("\nfunc ", to);
	text_put_name(func->name, to);
	putc('(', to);
	for (i = 1; i <= func->nparams; i++) {
		fputs(i > 1 ? ", " : "", to);
		put_value(func, (mn_val)i, true, to);
	}
	putc(')', to);
	if (func->flags & MN_FUNC_EXTERNAL)
		fputs(" external", to);
	if (func->flags & MN_FUNC_ADDRESS)
		fputs(" address", to);
	if (func->flags & MN_FUNC_EXPORTED)
		fputs(" exported", to);
	if (func->flags & MN_FUNC_WEAK)
		fputs(" weak", to);
	if (func->flags & MN_FUNC_INDIRECT)
		fputs(" indirect", to);
	fprintf(to, " blocks %d", func->size);
	text_put_place(func->loc, to);
	putc('\n', to);
	for (i = 0; i < func->stored.n; i++)
		text_write_member(func->unit, &func->stored.v[i], to);
}

static void write_func(const struct mn_func *func, FILE *to)
{
	struct writer w = { to, false, { NULL, 0, 0, 0 } };
	int i;

	text_write_head(func, to);
	for (i = 0; i < func->calls.n; i++) {
		if (body_calls(func, func->calls.v[i]))
			continue;
		fputs("  calls ", to);
		text_put_name(func->calls.v[i], to);
		putc('\n', to);
	}
	text_write_blocks(func, &w);
}

void text_write_names(const struct mn_unit *unit, FILE *to)
{
	int i;

	fputs("unit ", to);
	text_put_quoted(unit->file, to);
	putc('\n', to);
	if (unit->linked)
		fputs(unit->complete ? "linked complete\n" : "linked\n", to);
	for (i = 0; i < unit->declared.n; i++) {
		fputs("declares ", to);
		text_put_name(unit->declared.v[i].name, to);
		fprintf(to, "/%d\n", unit->declared.v[i].nargs);
	}
	for (i = 0; i < unit->layouts.n; i++) {
		fputs("layout ", to);
		put_member(unit, unit->layouts.v[i].type,
			   unit->layouts.v[i].member, to);
		fprintf(to, " %" PRId64 "\n", unit->layouts.v[i].bits);
	}
	for (i = 0; i < unit->tables.n; i++)
		text_write_table(unit->tables.v[i], to);
}

void mn_text_write(const struct mn_unit *unit, FILE *to)
{
	int i;

	text_write_names(unit, to);
	for (i = 0; i < unit->funcs.n; i++)
		write_func(unit->funcs.v[i], to);
}
