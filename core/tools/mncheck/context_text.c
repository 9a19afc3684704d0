// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_text.c - mncheck context on a terminal.
 *
 * Colour is for terminals only, and says nothing that a sign does not. A source may have anything in it:
 * what a terminal would obey is shown as one sign.
 */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "context.h"

#define TAB 8
#define MARGIN 18		/* the line's number, the bars, and what is around them */
#define NARROW 40		/* lines are not cut to less */

struct colours {
	const char *bars[BARS], *soft, *strong, *warning, *off;
};

static const struct colours none = { { "", "", "" }, "", "", "", "" };
static const struct colours some = {
	{ "\033[1;31m", "\033[1;34m", "\033[1;33m" }, "\033[2m", "\033[1m", "\033[1;35m", "\033[0m"
};

static const char *const bar_signs[BARS] = { "\u2503", "\u2551", "\u2506" };

static const struct colours *colours_for(FILE *to)
{
	const char *unwanted = getenv("NO_COLOR");

	return isatty(fileno(to)) && !(unwanted && *unwanted) ? &some : &none;
}

/* columns for the source on a terminal; 0: as many as it has */
static int width_for(FILE *to)
{
	struct winsize size;

	if (!isatty(fileno(to)) || ioctl(fileno(to), TIOCGWINSZ, &size) ||
	    !size.ws_col)
		return 0;
	return size.ws_col > MARGIN + NARROW ? size.ws_col - MARGIN : NARROW;
}

/* one character of @text to @to, as it is or as a sign. Return: how many bytes it has */
static size_t put_char(const char *text, FILE *to)
{
	int n = utf8_length(text);
	/* C1 controls are two bytes of UTF-8 */
	bool control = (unsigned char)*text < ' ' || *text == 127 ||
		       (n == 2 && (unsigned char)*text == 0xc2 && (unsigned char)text[1] < 0xa0);

	if (!n || control)
		fputs("\xef\xbf\xbd", to);
	else
		fwrite(text, 1, (size_t)n, to);
	return n ? (size_t)n : 1;
}

/* @width: 0, no limit */
static void put_source(const char *text, int width, FILE *to)
{
	int column = 0;

	while (*text) {
		int next = *text == '\t' ? column - column % TAB + TAB : column + 1;

		if (*text == '\r' && !text[1])
			break;
		if (width && (next > width || (next == width && text[1]))) {
			fputs("\u2026", to);
			break;
		}
		if (*text == '\t') {
			fprintf(to, "%*s", next - column, "");
			text++;
		} else {
			text += put_char(text, to);
		}
		column = next;
	}
}

static void put_bar(const struct colours *c, const struct drawn *d, int bar, FILE *to)
{
	switch (d->code && !d->reached ? TOLD_NOTHING : d->told[bar]) {
	case TOLD_ALL:
		fprintf(to, " %s%s%s ", c->bars[bar], bar_signs[bar], c->off);
		break;
	case TOLD_SOME:
		fprintf(to, " %s%s~%s", c->bars[bar], bar_signs[bar], c->off);
		break;
	case TOLD_UNKNOWN:
		fprintf(to, " %s?%s ", c->soft, c->off);
		break;
	case TOLD_NO:
		fprintf(to, " %s\u00b7%s ", c->soft, c->off);
		break;
	case TOLD_NOTHING:
		fprintf(to, " %s%s%s ", c->soft, d->code ? "-" : " ", c->off);
		break;
	}
}

static void put_lines(const struct context_view *view, const struct colours *c,
		      const struct context_function *f, const struct context *which, FILE *to)
{
	const struct source *s = context_source(view, f);
	int first, last, width = width_for(to);
	struct drawn *drawn;

	context_extent(f, s, &first, &last);
	drawn = context_draw(which, first, last);
	for (int line = first; line <= last; line++) {
		const struct drawn *d = &drawn[line - first];

		fprintf(to, "%s%6d%s", c->soft, line, c->off);
		for (int bar = 0; bar < BARS; bar++)
			put_bar(c, d, bar, to);
		fprintf(to, "%s|%s%s", c->soft, c->off, s->lines[line - 1][0] ? " " : "");
		put_source(s->lines[line - 1], width, to);
		putc('\n', to);
	}
	free(drawn);
}

/* a name of a record may hold anything as well */
static void put_text(const char *text, FILE *to)
{
	while (*text)
		text += put_char(text, to);
}

static void put_from(const struct context_view *view, const struct context *which, FILE *to)
{
	char *lines = text_of("%s", context_from(view, which, "\n")), *end;

	for (; lines; lines = end) {
		end = strchr(lines, '\n');
		if (end)
			*end++ = '\0';
		fputs("  ", to);
		put_text(lines, to);
		putc('\n', to);
	}
}

void context_text(const struct context_view *view, const struct context_function *f, FILE *to)
{
	const struct colours *c = colours_for(to);

	fprintf(to, "\n%s", c->strong);
	put_text(text_of("%s:%d: %s()", context_name(view, f->file), f->line, f->name), to);
	fputs(c->off, to);
	if (strcmp(f->unit, f->file))
		put_text(text_of(" in %s", context_name(view, f->unit)), to);
	putc('\n', to);
	for (int i = 0; i < f->ngiven_up; i++) {
		fprintf(to, "  %sgiven up:%s ", c->warning, c->off);
		put_text(f->given_up[i], to);
		fputs("; not all paths are here\n", to);
	}
	if (!view->each) {
		put_from(view, &f->all, to);
		if (f->neach > 1)
			fprintf(to, "  %d ways in, joined; --each draws them apart\n", f->neach);
		put_lines(view, c, f, &f->all, to);
		return;
	}
	for (int i = 0; i < f->neach; i++) {
		fprintf(to, "%s%s%d of %d%s\n", i ? "\n" : "", c->strong, i + 1, f->neach, c->off);
		put_from(view, &f->each[i], to);
		put_lines(view, c, f, &f->each[i], to);
	}
}

static void put_legend(const struct colours *c, FILE *to)
{
	static const char *const meaning[BARS] = {
		"a page table lock is held", "a region is open", "sleeping is not allowed"
	};

	for (int bar = 0; bar < BARS; bar++)
		fprintf(to, "%s%s%s%s %s", bar ? "   " : "", c->bars[bar], bar_signs[bar], c->off,
			meaning[bar]);
	fprintf(to, "\n%s~%s on some paths only   %s\u00b7%s on none   %s?%s not known: callers decide"
		"   %s-%s never reached\n", c->strong, c->off, c->soft, c->off, c->soft, c->off,
		c->soft, c->off);
}

void context_text_start(FILE *to)
{
	put_legend(colours_for(to), to);
}

void context_text_end(FILE *to)
{
	/* a terminal shows the end of what is long */
	if (!isatty(fileno(to)))
		return;
	putc('\n', to);
	put_legend(colours_for(to), to);
}
