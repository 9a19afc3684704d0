// SPDX-License-Identifier: GPL-2.0-only
/*
 * dot.c - one function's CFG as a Graphviz graph, with the states of its blocks.
 *
 * A node is a block: its instructions in the text form, then what trace.c says of the
 * states at its beginning. Layout and colours are left to dot.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "report.h"

/* lines of a label are left-justified: they end in \l */
static void put_label(const char *text, FILE *to)
{
	for (; *text; text++) {
		if (*text == '\n')
			fputs("\\l", to);
		else if (*text == '"' || *text == '\\')
			fprintf(to, "\\%c", *text);
		else
			putc(*text, to);
	}
}

static void write_node(const struct mn_func *func, int number, FILE *to)
{
	const struct block *block = &func->blocks.v[number];
	size_t size;
	char *text;
	FILE *mem = open_memstream(&text, &size);
	int i;

	if (!mem)
		out_of_memory();
	fprintf(mem, "block %d\n", number);
	for (i = 0; i < block->insns.n; i++) {
		text_insn(func, &block->insns.v[i], mem);
		if (block->insns.v[i].loc.line)
			fprintf(mem, "    :%d", block->insns.v[i].loc.line);
		putc('\n', mem);
	}
	trace_states(func->unit, func, number, mem, "\n");
	if (fclose(mem))
		out_of_memory();
	fprintf(to, "\tb%d [label=\"", number);
	put_label(text, to);
	fputs("\"];\n", to);
	free(text);
}

static void put_edge_label(const struct mn_insn *in, int i, FILE *to)
{
	const struct mn_case *c = &in->succ[i];

	if (in->op == MN_IF)
		fprintf(to, " [label=\"%s\"]", i ? "false" : "true");
	else if (in->op != MN_SWITCH)
		return;
	else if (c->lo > c->hi)
		fputs(" [label=\"default\"]", to);
	else if (c->lo == c->hi)
		fprintf(to, " [label=\"%" PRId64 "\"]", c->lo);
	else
		fprintf(to, " [label=\"%" PRId64 "..%" PRId64 "\"]", c->lo, c->hi);
}

static void write_edges(const struct mn_func *func, int number, FILE *to)
{
	const struct block *block = &func->blocks.v[number];
	const struct mn_insn *last;
	int i;

	if (!block->insns.n)
		return;
	last = &block->insns.v[block->insns.n - 1];
	for (i = 0; i < last->nsucc; i++) {
		fprintf(to, "\tb%d -> b%d", number, last->succ[i].block);
		put_edge_label(last, i, to);
		fputs(";\n", to);
	}
}

int mn_dot_write(const struct mn_unit *unit, const char *name, FILE *to)
{
	const struct mn_func *func = unit_func(unit, name);
	int i;

	if (!func || !func->blocks.n)
		return -ENOENT;
	fputs("digraph \"", to);
	put_label(name, to);
	fputs("\" {\n\tnode [shape=box, fontname=monospace];\n", to);
	for (i = 0; i < func->blocks.n; i++)
		write_node(func, i, to);
	for (i = 0; i < func->blocks.n; i++)
		write_edges(func, i, to);
	fputs("}\n", to);
	return 0;
}
