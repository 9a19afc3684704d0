// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_lines.c - the lines of a function, and what is drawn beside each of them.
 *
 * A line that has code has the stronger of what holds before it and behind it: a lock has its bar from
 * the line on that takes it, to the one that drops it. What lies between two lines of code (a
 * comment, the rest of a statement, a brace) has a bar only where both agree: what holds behind the one
 * holds in front of the other. The head of the function is as its first line of code.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "file_hash.h"

const struct source *context_source(const struct context_view *view, const struct context_function *f)
{
	struct report where;
	const struct source *s;
	const char *path;
	uint64_t hash;

	memset(&where, 0, sizeof(where));
	where.source = view->source;
	path = *f->file == '/' || !view->source ? f->file : text_of("%s/%s", view->source, f->file);
	if (!*f->file || !file_hash(path, &hash))
		die("%s: the source of %s() is not there; name its folder with --source=DIR",
		    *f->file ? path : f->unit, f->name);
	if (f->hash && strcmp(f->hash, text_of("%016" PRIx64, hash)))
		die("%s: it has changed since it was compiled, so that the lines of %s() are not those "
		    "of the record; make the record again, or name the C file itself", path, f->name);
	s = source_of(&where, f->file);
	if (f->line > s->n)
		die("%s: it has no line %d, where the record has %s(); make the record again", path,
		    f->line, f->name);
	return s;
}

/* something else starts: in the first column, and no brace, label or directive */
static bool starts_other(const char *line)
{
	size_t n = strcspn(line, "\r");

	return n && !strchr(" \t}#{/*", *line) && line[n - 1] != ':';
}

void context_extent(const struct context_function *f, const struct source *s, int *first, int *last)
{
	int code = f->all.nlines ? f->all.lines[f->all.nlines - 1].line : f->line, end;

	*first = f->line > 0 ? f->line : f->all.nlines ? f->all.lines[0].line : 1;
	if (code > s->n)
		code = s->n;
	if (code < *first)
		code = *first;
	/* the brace behind the last line of code, if nothing else starts before it */
	for (end = code; end < s->n && s->lines[end - 1][0] != '}'; end++)
		if (starts_other(s->lines[end]))
			break;
	*last = s->lines[end - 1][0] == '}' ? end : code;
	/* its type, where it has a line of its own */
	while (*first > 1 && source_is_head(s, *first - 1))
		--*first;
}

/* between @from and @to, both excluded */
static void draw_between(struct drawn *from, struct drawn *to, const struct context_line *above,
			 const struct context_line *below)
{
	if (!above->reached || !below->reached)
		return;
	for (from++; from < to; from++)
		for (int bar = 0; bar < BARS; bar++)
			if (above->behind[bar] == below->before[bar])
				from->told[bar] = below->before[bar];
}

struct drawn *context_draw(const struct context *c, int first, int last)
{
	struct drawn *drawn = (struct drawn *)zeroed(last - first, sizeof(*drawn));
	int before = -1;

	for (int i = 0; c->nlines && i < c->lines[0].line - first && i <= last - first; i++)
		for (int bar = 0; bar < BARS; bar++)
			drawn[i].told[bar] = c->lines[0].before[bar];
	for (int i = 0; i < c->nlines; i++) {
		const struct context_line *l = &c->lines[i];
		struct drawn *d;

		if (l->line < first || l->line > last)
			continue;
		d = &drawn[l->line - first];
		d->code = true;
		d->reached = l->reached;
		for (int bar = 0; bar < BARS; bar++)
			d->told[bar] = l->before[bar] > l->behind[bar] ? l->before[bar] :
				       l->behind[bar];
		if (before >= 0)
			draw_between(&drawn[c->lines[before].line - first], d, &c->lines[before], l);
		before = i;
	}
	return drawn;
}

const char *context_name(const struct context_view *view, const char *file)
{
	/* a compiler may be run above the source as well as in it */
	if (view->top && view->source && *file && *file != '/')
		file = text_of("%s/%s", view->source, file);
	return view->top ? name_from(view->top, file) : file;
}

#define CALLS_SHOWN 6

const char *context_from(const struct context_view *view, const struct context *c, const char *between)
{
	char *text = text_of("%s", c->root ? "entered from other files, or by a pointer" : "");
	int i;

	for (i = 0; i < c->ncalls && i < CALLS_SHOWN; i++)
		text = text_of("%s%scalled in %s() at %s:%d", text, i || c->root ? between : "",
			       c->calls[i].func, context_name(view, c->calls[i].file),
			       c->calls[i].line);
	if (i < c->ncalls)
		text = text_of("%s%sand at %d more places", text, between, c->ncalls - i);
	return text;
}
