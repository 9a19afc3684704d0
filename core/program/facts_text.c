// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts_text.c - a unit's file of facts: the text form, and a few lines that only such a file has.
 *
 * The heads of all functions that other units may see or call are there, with each call that they
 * make; so whoever joins units reads the heads, and a body only where it is wanted (the idea of
 * ThinLTO: Johnson, Amini, Li, CGO 2017). A place is written where it differs from the one before.
 */
#include <limits.h>
#include <string.h>

#include "text.h"

/* of the form; whoever reads another one says so */
#define FACTS_FORM 5
/* the last line: without it something was cut off */
#define FACTS_END "end\n"

/* ------------------------------------------------------------------ */
/* writing                                                             */

static void put_line(const char *word, const char *name, FILE *to)
{
	fprintf(to, "%s ", word);
	text_put_name(name, to);
	putc('\n', to);
}

static void write_taken(const struct mn_unit *unit, const struct taken *taken, FILE *to)
{
	int i;

	put_line("taken", taken->name, to);
	for (i = 0; i < taken->stored.n; i++)
		text_write_member(unit, &taken->stored.v[i], to);
}

static void put_text(const char *text, FILE *to)
{
	text_put_quoted(text, to);
	putc(' ', to);
}

static void write_said(const char *func, const char *text, struct mn_loc loc, FILE *to)
{
	text_put_name(func, to);
	putc(' ', to);
	text_put_quoted(text, to);
	text_put_place(loc, to);
	putc('\n', to);
}

static void write_found(const struct mn_finding *f, FILE *to)
{
	int i;

	fputs("found ", to);
	text_put_name(mn_rule_name(f->rule), to);
	putc(' ', to);
	text_put_name(f->id, to);
	putc(' ', to);
	put_text(f->fix, to);
	write_said(f->func, f->text, f->loc, to);
	for (i = 0; i < f->nevents; i++) {
		fprintf(to, "  step %d %s ", f->events[i].depth, f->events[i].kind);
		write_said(f->events[i].func, f->events[i].text, f->events[i].loc, to);
	}
}

enum { IGNORE_LINKED = 1, IGNORE_ASKED = 2, IGNORE_USED = 4, IGNORE_ALL = 7 };

static void write_ignore(const struct mn_ignore *ignore, FILE *to)
{
	int flags = (ignore->linked ? IGNORE_LINKED : 0) | (ignore->asked ? IGNORE_ASKED : 0) |
		    (ignore->used ? IGNORE_USED : 0);

	fprintf(to, "ignore %d %d ", flags, ignore->line);
	write_said(mn_rule_name(ignore->rule), ignore->reason, ignore->loc, to);
}

/* each member whose function it calls: who joins the units knows which are stored there */
static void write_through(const struct mn_func *func, FILE *to)
{
	struct mn_func seen;

	memset(&seen, 0, sizeof(seen));
	seen.unit = func->unit;
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->op == MN_ICALL && insn->name && strchr(insn->name, '.'))
				func_calls_through(&seen, insn->name);
		}
	for (int i = 0; i < seen.through.n; i++)
		put_line(" through", seen.through.v[i], to);
}

static void write_func(const struct mn_func *func, FILE *to)
{
	struct writer w = { to, true, { NULL, 0, 0, 0 } };
	int i;

	if (func->keep == KEEP_NOTHING)
		return;
	text_write_head(func, to);
	if (func->keep != KEEP_BODY)
		return;
	for (i = 0; i < func->calls.n; i++)
		put_line(" calls", func->calls.v[i], to);
	write_through(func, to);
	text_write_blocks(func, &w);
}

void facts_write(const struct mn_unit *unit, FILE *to)
{
	int i;

	fprintf(to, "facts %d\n", FACTS_FORM);
	text_write_names(unit, to);
	if (*unit->era)
		put_line("era", unit->era, to);
	for (i = 0; i < unit->statics.n; i++)
		put_line("static", unit->statics.v[i], to);
	for (i = 0; i < unit->taken.n; i++)
		write_taken(unit, &unit->taken.v[i], to);
	for (i = 0; i < unit->findings.n; i++)
		write_found(&unit->findings.v[i], to);
	for (i = 0; i < unit->ignores.n; i++)
		write_ignore(&unit->ignores.v[i], to);
	for (i = 0; i < unit->funcs.n; i++)
		write_func(unit->funcs.v[i], to);
	fputs(FACTS_END, to);
}

/* ------------------------------------------------------------------ */
/* reading                                                             */

/* before anything else: what is said of a line that was cut would lead nowhere */
static void check_end(struct reader *r)
{
	static const char end[] = "\n" FACTS_END;
	size_t n = strlen(r->p), k = sizeof(end) - 1;

	if (r->failed || (n >= k && !strcmp(r->p + n - k, end)))
		return;
	for (; *r->p; r->p++) {
		if (*r->p != '\n' || !r->p[1])
			continue;
		r->number++;
		r->line = r->p + 1;
	}
	r->p = r->line;
	text_fail(r, "the facts end early; compile the unit again");
}

static void read_form(struct reader *r)
{
	if (text_get_number(r, "form of facts", 1, INT_MAX) != FACTS_FORM)
		text_fail(r, "facts of another version of mncheck; compile the unit again");
	r->near = true;
	check_end(r);
}

static void read_end(struct reader *r)
{
	if (text_at_end(r) && *r->p == '\n' && r->p[1])
		text_fail(r, "the facts go on behind their end; compile the unit again");
}

static void read_taken(struct reader *r)
{
	r->taken = text_get_name(r, "a function");
	mn_unit_takes(r->unit, r->taken, NULL, NULL);
}

static void read_said(struct reader *r, const char **func, const char **text,
		      struct mn_loc *loc)
{
	*func = text_get_name(r, "a function");
	text_skip(r);
	*text = text_get_quoted(r);
	*loc = text_get_place(r);
}

static bool read_rule(struct reader *r, const char *name, enum mn_rule *rule)
{
	*rule = mn_rule_find(name);
	if (*rule == MN_RULE_COUNT)
		text_fail(r, "no such rule; compile the unit again");
	return *rule != MN_RULE_COUNT;
}

static void read_ignore(struct reader *r)
{
	int flags = (int)text_get_number(r, "set of flags", 0, IGNORE_ALL);
	int line = (int)text_get_number(r, "line", 0, INT_MAX);
	const char *name, *reason;
	struct mn_ignore *ignore;
	enum mn_rule rule;
	struct mn_loc loc;

	read_said(r, &name, &reason, &loc);
	if (!loc.file)
		text_fail(r, "a comment of no file; compile the unit again");
	if (!loc.file || !read_rule(r, name, &rule))
		return;
	ignore = vec_push(r->unit->arena, &r->unit->ignores);
	ignore->rule = rule;
	ignore->loc = loc;
	ignore->line = line;
	ignore->reason = reason;
	ignore->linked = flags & IGNORE_LINKED;
	ignore->asked = flags & IGNORE_ASKED;
	ignore->used = flags & IGNORE_USED;
}

static void read_linked(struct reader *r)
{
	r->unit->linked = true;
	r->unit->complete = text_eat_word(r, "complete");
}

static void read_found(struct reader *r)
{
	enum mn_rule rule;

	if (!read_rule(r, text_get_name(r, "a rule"), &rule))
		return;
	r->found = vec_push(r->unit->arena, &r->unit->alone);
	r->found->rule = rule;
	r->found->id = text_get_name(r, "a message");
	text_skip(r);
	r->found->fix = text_get_quoted(r);
	read_said(r, &r->found->func, &r->found->text, &r->found->loc);
}

static void read_step(struct reader *r)
{
	struct mn_event *event;

	if (!r->found || r->found->nevents == MN_EVENTS_MAX) {
		text_fail(r, "a step of no finding; compile the unit again");
		return;
	}
	event = &r->found->events[r->found->nevents++];
	event->depth = (int)text_get_number(r, "depth", 0, INT_MAX);
	event->kind = text_get_name(r, "a kind of step");
	read_said(r, &event->func, &event->text, &event->loc);
}

bool facts_read_line(struct reader *r)
{
	if (text_eat_word(r, "facts"))
		read_form(r);
	else if (text_eat_word(r, "static"))
		mn_unit_static(r->unit, text_get_name(r, "a variable"));
	else if (text_eat_word(r, "era"))
		r->unit->era = text_get_name(r, "an era");
	else if (text_eat_word(r, "taken"))
		read_taken(r);
	else if (text_eat_word(r, "found"))
		read_found(r);
	else if (text_eat_word(r, "ignore"))
		read_ignore(r);
	else if (text_eat_word(r, "step"))
		read_step(r);
	else if (text_eat_word(r, "linked"))
		read_linked(r);
	else if (text_eat_word(r, "end"))
		read_end(r);
	else
		return false;
	return true;
}
