// SPDX-License-Identifier: GPL-2.0-only
/*
 * html_code.c - the functions of a path, with three bars beside each: a page table lock is held, a
 * region is open, sleeping is not allowed.
 *
 * The path of a record has each change of the lock context with what holds behind it. It is cut into
 * frames, one for each call of a function; in a frame what holds between two steps is drawn beside the
 * lines between them. A jump back in a loop draws nothing between. Lines far from any step are folded.
 */
#include <stdlib.h>
#include <string.h>

#include "html.h"

#define NEAR		3		/* lines around a step that are not folded */
#define WORTH_FOLDING	8

/* a step, or the finding itself: @holds_before it comes, and @holds behind it */
struct point {
	int line, number;		/* of the step; 0: it is not shown, -1: the finding */
	const char *text;
	unsigned int holds_before, holds;
};

struct frame {
	const char *file, *func;
	int depth, from;		/* the step that called it, or 0 */
	struct point *points;
	int npoints, room;
	bool done;			/* it has returned */
	bool variable;			/* none: what a variable is set to is wrong */
};

struct frames {
	struct frame *v;
	int n, room;
};

/* ------------------------------------------------------------------ */
/* cutting the path into frames                                        */

static struct frame *frame_at(struct frames *all, const char *file, const char *func, int depth)
{
	struct frame *f;

	for (int i = all->n - 1; i >= 0; i--) {
		f = &all->v[i];
		if (!f->done && f->depth == depth && !strcmp(f->func, func) &&
		    !strcmp(f->file, file))
			return f;
		if (f->depth >= depth)
			f->done = true;
	}
	all->v = (struct frame *)grow(all->v, all->n, &all->room, sizeof(*f));
	f = &all->v[all->n++];
	memset(f, 0, sizeof(*f));
	f->file = file;
	f->func = func;
	f->depth = depth;
	return f;
}

static struct point *add_point(struct frame *f, int line)
{
	struct point *p;

	f->points = (struct point *)grow(f->points, f->npoints, &f->room, sizeof(*p));
	p = &f->points[f->npoints++];
	memset(p, 0, sizeof(*p));
	p->line = line;
	return p;
}

/* what is deeper than @depth has returned */
static void frames_return(struct frames *all, int depth)
{
	for (int i = 0; i < all->n; i++)
		if (all->v[i].depth > depth)
			all->v[i].done = true;
}

/* the place of the finding is in the last frame of its function */
static void add_place(struct frames *all, const struct finding *f, unsigned int holds)
{
	struct frame *at = NULL;
	struct point *p;

	for (int i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].func, f->func) && !strcmp(all->v[i].file, f->file))
			at = &all->v[i];
	if (!at) {
		at = frame_at(all, f->file, f->func, f->npath ? f->path[f->npath - 1].depth : 0);
		at->variable = !f->npath;
	}
	p = add_point(at, f->line);
	p->number = -1;
	p->text = f->text;
	p->holds_before = p->holds = holds;
}

static void cut(const struct finding *f, struct frames *all)
{
	unsigned int holds = 0;
	int number = 0;

	for (int i = 0; i < f->npath; i++) {
		const struct step *s = &f->path[i];
		struct frame *at;
		struct point *p;
		int n = all->n;

		if (!*s->func)
			continue;
		frames_return(all, s->depth);
		at = frame_at(all, s->file, s->func, s->depth);
		if (all->n > n)
			at->from = number;
		p = add_point(at, s->line);
		p->number = s->text ? ++number : 0;
		p->text = s->text;
		p->holds_before = i ? holds : s->holds;
		p->holds = holds = s->holds;
	}
	add_place(all, f, holds);
}

/* ------------------------------------------------------------------ */
/* drawing one frame                                                   */

static void draw(const struct frame *f, int first, int last, unsigned int *bars)
{
	int line = first;

	for (int i = 0; i < f->npoints; i++) {
		const struct point *p = &f->points[i];

		if (p->line < first || p->line > last)
			continue;
		for (; line <= p->line; line++)
			bars[line - first] |= p->holds_before;
		bars[p->line - first] |= p->holds_before | p->holds;
		line = p->line + 1;
	}
}

static void put_bars(unsigned int bars, FILE *to)
{
	static const struct {
		const char *name, *sign;
	} forms[] = { { "p", "\u2503" }, { "r", "\u2551" }, { "a", "\u2506" } };

	for (int i = 0; i < 3; i++)
		fprintf(to, "<i class=\"b %s%s\">%s</i>", forms[i].name,
			bars >> i & 1 ? " on" : "", bars >> i & 1 ? forms[i].sign : " ");
}

static void put_notes(const struct frame *f, int line, int number, FILE *to)
{
	for (int i = 0; i < f->npoints; i++) {
		const struct point *p = &f->points[i];

		if (p->line != line || !p->number)
			continue;
		if (p->number > 0)
			fprintf(to, "<div class=\"note\" id=\"f%d-s%d\">", number, p->number);
		else
			fprintf(to, "<div class=\"note here\" id=\"f%d-at\">", number);
		fputs("<i class=\"n\"></i>", to);
		put_bars(p->holds, to);
		fprintf(to, "<span><b>%s</b> ", p->number > 0 ? text_of("(%d)", p->number) :
			"\u25b6");
		put_html(p->text, to);
		fputs("</span></div>\n", to);
	}
}

static void put_line(const struct frame *f, const struct source *s, int line, unsigned int bars,
		     int number, FILE *to)
{
	fprintf(to, "<div class=\"l\"><i class=\"n\">%d</i>", line);
	put_bars(bars, to);
	fputs("<code>", to);
	put_html(s->lines[line - 1], to);
	fputs("</code></div>\n", to);
	put_notes(f, line, number, to);
}

static bool is_near(const struct frame *f, int line, int first, int last)
{
	if (line < first + NEAR || line > last - 1)
		return true;
	for (int i = 0; i < f->npoints; i++)
		if (abs(f->points[i].line - line) <= NEAR)
			return true;
	return false;
}

static void put_fold(int lines, unsigned int bars, FILE *to)
{
	fputs("<details><summary class=\"l\"><i class=\"n\">\u22ee</i>", to);
	put_bars(bars, to);
	fprintf(to, "<span>%d lines</span></summary>\n", lines);
}

static void put_lines(const struct frame *f, const struct source *s, int first, int last, int number,
		      FILE *to)
{
	unsigned int *bars = (unsigned int *)zeroed(last - first, sizeof(*bars));
	int end;

	draw(f, first, last, bars);
	for (int line = first; line <= last; line = end) {
		for (end = line; end <= last && !is_near(f, end, first, last); end++)
			;
		if (end - line >= WORTH_FOLDING)
			put_fold(end - line, bars[line - first], to);
		for (int i = line; i < end; i++)
			put_line(f, s, i, bars[i - first], number, to);
		if (end - line >= WORTH_FOLDING)
			fputs("</details>\n", to);
		if (end == line)
			put_line(f, s, end++, bars[line - first], number, to);
	}
	free(bars);
}

/* steps on no line that can be shown */
static void put_no_source(const struct frame *f, int number, FILE *to)
{
	fputs("<p class=\"none\">no source here: give its folder as --source=DIR</p>\n", to);
	for (int i = 0; i < f->npoints; i++) {
		if (!f->points[i].number || (i && f->points[i].line == f->points[i - 1].line))
			continue;
		fprintf(to, "<div class=\"l\"><i class=\"n\">%d</i></div>", f->points[i].line);
		put_notes(f, f->points[i].line, number, to);
	}
}

static void put_frame(const struct report *report, const struct frame *f, int number, FILE *to)
{
	const struct source *s = source_of(report, f->file);
	int first = 1, last = 0, low = 0;

	for (int i = 0; i < f->npoints; i++)
		if (f->points[i].line > low)
			low = f->points[i].line;
	fputs("<details class=\"frame\" open><summary><b>", to);
	put_html(f->func, to);
	fputs(f->variable ? "</b> <span>" : "()</b> <span>", to);
	put_html(f->file, to);
	fputs("</span>", to);
	if (f->from)
		fprintf(to, " <span>called in (%d)</span>", f->from);
	fputs("</summary>\n<div class=\"code\">\n", to);
	if (low >= 1 && low <= s->n) {
		source_function(s, low, &first, &last);
		put_lines(f, s, first, last, number, to);
	} else {
		put_no_source(f, number, to);
	}
	fputs("</div></details>\n", to);
}

void put_code(const struct report *report, const struct finding *f, int number, FILE *to)
{
	struct frames all = { NULL, 0, 0 };

	cut(f, &all);
	for (int i = 0; i < all.n; i++)
		put_frame(report, &all.v[i], number, to);
	for (int i = 0; i < all.n; i++)
		free(all.v[i].points);
	free(all.v);
}
