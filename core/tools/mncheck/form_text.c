// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_text.c - mncheck report for a reader: findings with their steps, as GCC shows its own.
 *
 * Each place has its source line and a caret below it, where the source is at hand; the caret's
 * line repeats the tabs, so that it fits any width of them. Colour is for terminals only, and says
 * nothing that a word does not.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "html.h"

struct colours {
	const char *place, *warning, *note, *caret, *off;
};

static const struct colours none = { "", "", "", "", "" };
static const struct colours some = {
	"\033[1m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"
};

static const struct colours *colours_for(FILE *to)
{
	const char *unwanted = getenv("NO_COLOR");

	return isatty(fileno(to)) && !(unwanted && *unwanted) ? &some : &none;
}

static void put_source(const struct report *report, const struct colours *c, const char *file,
		       int line, int col, FILE *to)
{
	const struct source *s = source_of(report, file);
	const char *text;

	if (line < 1 || line > s->n)
		return;
	text = s->lines[line - 1];
	fprintf(to, "%6d | %s\n", line, text);
	if (col < 1 || (size_t)col > strlen(text))
		return;
	fputs("       | ", to);
	for (int i = 0; i < col - 1; i++)
		putc(text[i] == '\t' ? '\t' : ' ', to);
	fprintf(to, "%s^%s\n", c->caret, c->off);
}

static void put_steps(const struct report *report, const struct colours *c,
		      const struct finding *f, FILE *to)
{
	for (int i = 0; i < f->nevents; i++) {
		const struct step *s = &f->events[i];

		fprintf(to, "%s%s:%d:%d:%s %snote:%s %*s(%d) %s\n", c->place, s->file, s->line,
			s->col, c->off, c->note, c->off, 2 * s->depth, "", i + 1, s->text);
		put_source(report, c, s->file, s->line, s->col, to);
	}
}

static void put_finding(const struct report *report, const struct colours *c,
			const struct finding *f, FILE *to)
{
	if (*f->func)
		fprintf(to, "%s%s:%s In function '%s%s%s':\n", c->place, f->file, c->off,
			c->place, f->func, c->off);
	fprintf(to, "%s%s:%d:%d:%s %swarning:%s %s [%smn-%s%s]\n", c->place, f->file, f->line,
		f->col, c->off, c->warning, c->off, f->text, c->warning, f->rule, c->off);
	put_source(report, c, f->file, f->line, f->col, to);
	put_steps(report, c, f, to);
	if (f->ignored)
		fprintf(to, "ignored: %s\n", f->ignored);
	if (f->verdict)
		fprintf(to, "known: %s: %s\n", f->verdict, f->reason);
	else if (f->known)
		fputs("known\n", to);
	if (*f->fix)
		fprintf(to, "fix: %s\n", f->fix);
	fprintf(to, "see: mncheck explain %s\n\n", f->rule);
}

void print_text(const struct report *report, FILE *to)
{
	const struct colours *c = colours_for(to);

	for (int i = 0; i < report->records.nfindings; i++)
		if (report_shows(report, &report->records.findings[i]))
			put_finding(report, c, &report->records.findings[i], to);
	print_table(report, to);
}
