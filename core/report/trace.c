// SPDX-License-Identifier: GPL-2.0-only
/*
 * trace.c - what the engine saw, for people: trace=FUNC and the states in dot=FUNC.
 *
 * trace prints a line only where the property part changed. Symbols are printed as
 * numbers: equal numbers are equal values.
 */
#include <string.h>

#include "report.h"

static const char *const presence_word[] = { "?", "no", "yes" };
static const char *const context_word[] = { "rcu", "preempt", "irq", "bh", "kmap" };
static const char *const lock_word[] = { "ptl", "spin", "lock" };

static void print_flags(const struct item *x, FILE *to)
{
	switch (x->kind) {
	case ITEM_LOCK:
		fputs(lock_word[x->flags], to);
		break;
	case ITEM_REGION:
		fputs(x->flags & REGION_NONBLOCK ? " nonblock" : "", to);
		fputs(x->flags & REGION_USED ? " used" : "", to);
		break;
	default:
		fprintf(to, "%u", x->flags);
		break;
	}
}

/* items.def says how */
static void print_item(const struct item *x, FILE *to)
{
	const sym_t syms[] = { x->a, x->b, x->c, x->d };
	const char *p;

	putc(' ', to);
	for (p = item_form(x)->shown; *p; p++) {
		if (*p != '%')
			putc(*p, to);
		else if (*++p == 'f')
			print_flags(x, to);
		else
			fprintf(to, "%u", syms[*p - 'a']);
	}
}

static void print_prop(const struct prop *p, FILE *to)
{
	fprintf(to, "callers: ptl %s, region %s, atomic %s;", presence_word[p->ptl],
		presence_word[p->region], presence_word[p->atomic]);
	if (p->outside)
		fputs(p->outside == OUTSIDE_ALONE ? " alone" : " outside", to);
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (p->count[i])
			fprintf(to, " %s(%u)", context_word[i], p->count[i]);
	for (int i = 0; i < p->n; i++)
		print_item(&p->items[i], to);
}

void trace_change(const struct frame *f, const struct prop *before,
		  const struct work *after)
{
	const struct mn_loc *loc = &f->at->loc;

	if (!f->eng->options.trace || strcmp(f->eng->options.trace, f->func->name) ||
	    prop_equal(before, &after->prop))
		return;
	fprintf(stderr, "%s: block %d: %s:%d: %s(): ", f->func->name, f->block,
		loc->file ? loc->file : "?", loc->line, f->at->name);
	print_prop(&after->prop, stderr);
	fputc('\n', stderr);
}

void note_missing(const struct mn_unit *unit, const char *option, const char *name, const char *where)
{
	const struct mn_func *func = unit_func(unit, name);

	if (!func || !func->wanted)
		fprintf(stderr, "mncheck: note: %s=%s: %s has no such function, or does not look into it\n",
			option, name, where);
}

void trace_states(const struct mn_unit *unit, const struct mn_func *func,
		  int block, FILE *to, const char *eol)
{
	(void)unit;
	if (!func->run)
		return;
	for (int c = 0; c < func->run->contexts.n; c++) {
		const struct context_run *ctx = func->run->contexts.v[c];

		for (int i = ctx->point_of[block]; i >= 0; i = ctx->points.v[i].next) {
			const struct point *p = &ctx->points.v[i];

			for (int k = 0; !p->insn && k < p->states.n; k++) {
				fprintf(to, "context %d: ", c);
				print_prop(p->states.v[k]->prop, to);
				fputs(eol, to);
			}
		}
	}
}
