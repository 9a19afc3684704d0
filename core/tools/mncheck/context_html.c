// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_html.c - mncheck context as a page of HTML that needs no other file, as that of mncheck report.
 *
 * What comes from records or sources goes through put_html().
 */
#include <stdlib.h>
#include <string.h>

#include "context.h"

static const struct {
	const char *name, *sign, *meaning;
} forms[BARS] = {
	{ "p", "\u2503", "a page table lock is held" },
	{ "r", "\u2551", "a region is open" },
	{ "a", "\u2506", "sleeping is not allowed" },
};

static void put_bar(const struct drawn *d, int bar, FILE *to)
{
	enum told told = d->code && !d->reached ? TOLD_NOTHING : d->told[bar];

	fprintf(to, "<i class=\"b %s%s\">", told >= TOLD_SOME ? forms[bar].name : "o",
		told >= TOLD_SOME ? " on" : "");
	if (told >= TOLD_SOME)
		fprintf(to, "%s%s", forms[bar].sign, told == TOLD_SOME ? "~" : "");
	else
		fputs(told == TOLD_UNKNOWN ? "?" : told == TOLD_NO ? "\u00b7" :
		      d->code ? "-" : " ", to);
	fputs("</i>", to);
}

static void put_lines(const struct context_view *view, const struct context_function *f,
		      const struct context *which, FILE *to)
{
	const struct source *s = context_source(view, f);
	struct drawn *drawn;
	int first, last;

	context_extent(f, s, &first, &last);
	drawn = context_draw(which, first, last);
	fputs("<div class=\"code told\">\n", to);
	for (int line = first; line <= last; line++) {
		const struct drawn *d = &drawn[line - first];

		fprintf(to, "<div class=\"l%s\"><i class=\"n\">%d</i>", d->code && !d->reached ?
			" never" : "", line);
		for (int bar = 0; bar < BARS; bar++)
			put_bar(d, bar, to);
		fputs("<code>", to);
		put_html(s->lines[line - 1], to);
		fputs("</code></div>\n", to);
	}
	fputs("</div>\n", to);
	free(drawn);
}

static void put_context(const struct context_view *view, const struct context_function *f,
			const struct context *which, const char *title, FILE *to)
{
	fputs("<details class=\"frame\" open><summary><b>", to);
	put_html(title, to);
	fputs("</b> <span>", to);
	put_html(context_from(view, which, ", "), to);
	fputs("</span></summary>\n", to);
	put_lines(view, f, which, to);
	fputs("</details>\n", to);
}

void context_html(const struct context_view *view, const struct context_function *f, FILE *to)
{
	fputs("<article>\n<h2>", to);
	put_html(text_of("%s()", f->name), to);
	fputs("</h2>\n<p class=\"place\">", to);
	put_html(text_of("%s:%d", context_name(view, f->file), f->line), to);
	if (strcmp(f->unit, f->file)) {
		fputs(" in ", to);
		put_html(context_name(view, f->unit), to);
	}
	fputs("</p>\n", to);
	for (int i = 0; i < f->ngiven_up; i++) {
		fputs("<p class=\"trouble\">given up: ", to);
		put_html(f->given_up[i], to);
		fputs("; not all paths are here</p>\n", to);
	}
	if (!view->each)
		put_context(view, f, &f->all, f->neach > 1 ?
			    text_of("%d ways in, joined", f->neach) : "all paths", to);
	for (int i = 0; view->each && i < f->neach; i++)
		put_context(view, f, &f->each[i], text_of("%d of %d", i + 1, f->neach), to);
	fputs("</article>\n", to);
}

void context_html_start(const char *title, FILE *to)
{
	html_start(title, to);
	fputs("<header>\n<h1>mncheck context</h1>\n<p class=\"legend signs\">", to);
	for (int bar = 0; bar < BARS; bar++)
		fprintf(to, "<span><i class=\"b %s on\">%s</i> %s</span> ", forms[bar].name,
			forms[bar].sign, forms[bar].meaning);
	fputs("</p>\n<p class=\"legend signs\"><span><i class=\"b\">~</i> on some paths only</span> "
	      "<span><i class=\"b o\">\u00b7</i> on none</span> <span><i class=\"b o\">?</i> not known: "
	      "callers decide</span> <span><i class=\"b o\">-</i> never reached</span></p>\n"
	      "</header>\n<main>\n", to);
}

void context_html_end(FILE *to)
{
	fputs("</main>\n</body>\n</html>\n", to);
}
