// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_text.c - mncheck report for a reader: findings with their steps, as GCC shows its own.
 *
 * Each place has its source line and a caret below it, where the source is at hand; the caret's
 * line repeats the tabs, so that it fits any width of them. No line is wider than WIDTH: words go on
 * in the next one, of a source line what is around the caret is shown. Colour is for terminals only,
 * and says nothing that a word does not.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "html.h"

#define WIDTH	100
#define INDENT	4			/* of a line that goes on */
#define MARGIN	9			/* in front of a source line */

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

/* ------------------------------------------------------------------ */
/* lines of at most WIDTH columns                                      */

/* the columns of the first @n bytes; a letter of UTF-8 is one */
static int columns(const char *text, size_t n)
{
	int width = 0;

	while (n--)
		width += (*text++ & 0xc0) != 0x80;
	return width;
}

/* the words of @text behind @at columns, in more lines where they do not fit. Return: where it ends */
static int put_words(const char *text, int at, FILE *to)
{
	const char *blank = "";
	size_t n;

	for (; *text; text += n + (text[n] != '\0')) {
		n = strcspn(text, " ");
		if (at > INDENT && at + (int)strlen(blank) + columns(text, n) > WIDTH) {
			fprintf(to, "\n%*s", INDENT, "");
			at = INDENT;
			blank = "";
		}
		fprintf(to, "%s%.*s", blank, (int)n, text);
		at += (int)strlen(blank) + columns(text, n);
		blank = " ";
	}
	return at;
}

/* a line of its own */
static void put_line(const char *label, const char *text, FILE *to)
{
	fputs(label, to);
	put_words(text, columns(label, strlen(label)), to);
	putc('\n', to);
}

/* ------------------------------------------------------------------ */
/* source lines                                                        */

/* with its tabs as blanks, as they are behind the number of the line */
static char *expanded(const char *text, int *caret)
{
	char *out = text_of("%*s", 8 * (int)strlen(text) + 1, ""), *end = out;
	int at = MARGIN, col = *caret;

	for (; *text; text++) {
		if (--col == 0)
			*caret = at - MARGIN;
		if (*text == '\t') {
			end += 8 - at % 8;
			at += 8 - at % 8;
			continue;
		}
		at += (*text & 0xc0) != 0x80;
		*end++ = *text;
	}
	*end = '\0';
	return out;
}

/* from column @from on; @room columns of it */
static const char *part_of(const char *text, int from, int room)
{
	const char *end;

	while (*text && (from > 0 || (*text & 0xc0) == 0x80))
		from -= (*text++ & 0xc0) != 0x80;
	end = text;
	while (*end && (room > 0 || (*end & 0xc0) == 0x80))
		room -= (*end++ & 0xc0) != 0x80;
	return text_cut(text, (size_t)(end - text));
}

/* a line that is too wide: what of it is around the caret; @col 0: there is none */
static void put_part(const struct colours *c, const char *line, int number, int col, FILE *to)
{
	int caret = col, room = WIDTH - MARGIN - 4, from;
	const char *text = expanded(line, &caret);

	from = caret < room ? 0 : caret - room / 2;
	fprintf(to, "%6d | %s%s%s\n", number, from ? ".." : "", part_of(text, from, room),
		columns(text, strlen(text)) - from > room ? ".." : "");
	if (col)
		fprintf(to, "       | %*s%s^%s\n", caret - from + (from ? 2 : 0), "", c->caret, c->off);
}

static bool is_wide(const char *text)
{
	int caret = 0;
	const char *wide = expanded(text, &caret);

	return MARGIN + columns(wide, strlen(wide)) > WIDTH;
}

static void put_source(const struct report *report, const struct colours *c, const char *file,
		       int line, int col, FILE *to)
{
	const struct source *s = source_of(report, file);
	const char *text;
	bool known;

	if (line < 1 || line > s->n)
		return;
	text = s->lines[line - 1];
	known = col >= 1 && (size_t)col <= strlen(text);
	if (is_wide(text)) {
		put_part(c, text, line, known ? col : 0, to);
		return;
	}
	fprintf(to, "%6d | %s\n", line, text);
	if (!known)
		return;
	fputs("       | ", to);
	for (int i = 0; i < col - 1; i++)
		putc(text[i] == '\t' ? '\t' : ' ', to);
	fprintf(to, "%s^%s\n", c->caret, c->off);
}

/* ------------------------------------------------------------------ */
/* findings                                                            */

/* "FILE:LINE:COL: KIND: ". Return: its columns */
static int put_place(const struct colours *c, const char *file, int line, int col,
		     const char *colour, const char *kind, FILE *to)
{
	const char *place = text_of("%s:%d:%d:", file, line, col);

	fprintf(to, "%s%s%s %s%s:%s ", c->place, place, c->off, colour, kind, c->off);
	return columns(place, strlen(place)) + (int)strlen(kind) + 3;
}

static void put_steps(const struct report *report, const struct colours *c,
		      const struct finding *f, FILE *to)
{
	for (int i = 0; i < f->nevents; i++) {
		const struct step *s = &f->events[i];
		int at = put_place(c, s->file, s->line, s->col, c->note, "note", to);

		at += fprintf(to, "%*s", 2 * s->depth, "");
		put_words(text_of("(%d) %s", i + 1, s->text), at, to);
		putc('\n', to);
		put_source(report, c, s->file, s->line, s->col, to);
	}
}

static void put_finding(const struct report *report, const struct colours *c,
			const struct finding *f, FILE *to)
{
	const char *rule = text_of("[mn-%s]", f->rule);
	int at;

	if (*f->func)
		fprintf(to, "%s%s:%s In function '%s%s%s':\n", c->place, f->file, c->off,
			c->place, f->func, c->off);
	at = put_place(c, f->file, f->line, f->col, c->warning, "warning", to);
	at = put_words(f->text, at, to);
	if (at + 1 + columns(rule, strlen(rule)) > WIDTH)
		fprintf(to, "\n%*s%s%s%s\n", INDENT, "", c->warning, rule, c->off);
	else
		fprintf(to, " %s%s%s\n", c->warning, rule, c->off);
	put_source(report, c, f->file, f->line, f->col, to);
	put_steps(report, c, f, to);
	if (f->ignored)
		put_line("ignored: ", f->ignored, to);
	if (f->verdict)
		put_line("known: ", text_of("%s: %s", f->verdict, f->reason), to);
	else if (f->known)
		fputs("known\n", to);
	if (*f->fix)
		put_line("fix: ", f->fix, to);
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
