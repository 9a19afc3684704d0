// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_junit.c - mncheck report as JUnit's XML, which CI systems show: a test for each file.
 *
 * A file without findings passes. One that mncheck refused is an error; what was given up is said
 * in its output. A finding in a header is the header's.
 */
#include <string.h>

#include "forms.h"

/* the text of an element, or of an attribute in double quotes; XML has no control characters */
static void put_xml(const char *text, FILE *to)
{
	for (; *text; text++) {
		if (*text == '&')
			fputs("&amp;", to);
		else if (*text == '<')
			fputs("&lt;", to);
		else if (*text == '>')
			fputs("&gt;", to);
		else if (*text == '"')
			fputs("&quot;", to);
		else if ((unsigned char)*text < ' ' && !strchr("\t\n", *text))
			putc('?', to);
		else
			putc(*text, to);
	}
}

static void put_steps(const struct finding *f, FILE *to)
{
	put_xml(text_of("%s:%d:%d: %s\n", f->file, f->line, f->col, f->text), to);
	for (int i = 0; i < f->nevents; i++)
		put_xml(text_of("%s:%d: (%d) %s\n", f->events[i].file, f->events[i].line, i + 1,
				f->events[i].text), to);
	if (*f->fix)
		put_xml(text_of("fix: %s\n", f->fix), to);
	put_xml(text_of("see: mncheck explain %s\n", f->rule), to);
}

static void put_failure(const struct finding *f, FILE *to)
{
	fputs("   <failure type=\"", to);
	put_xml(f->rule, to);
	fputs("\" message=\"", to);
	put_xml(text_of("%s:%d: %s: %s", f->file, f->line, f->func, f->text), to);
	fputs("\">", to);
	put_steps(f, to);
	fputs("</failure>\n", to);
}

static void put_trouble(const struct unit *u, FILE *to)
{
	const char *element = unit_unchecked(u) ? "error" : "system-out";

	if (!u->ntrouble)
		return;
	fprintf(to, "   <%s>", element);
	for (int i = 0; i < u->ntrouble; i++)
		put_xml(text_of("%s\n", u->trouble[i]), to);
	fprintf(to, "</%s>\n", element);
}

/* @u: NULL for a header */
static void put_file(const struct report *report, const char *file, const struct unit *u, FILE *to)
{
	fputs("  <testcase classname=\"mncheck\" name=\"", to);
	put_xml(file, to);
	fputs("\">\n", to);
	for (int i = 0; i < report->records.nfindings; i++) {
		const struct finding *f = &report->records.findings[i];

		if (!f->known && !f->ignored && !strcmp(f->file, file))
			put_failure(f, to);
	}
	if (u)
		put_trouble(u, to);
	fputs("  </testcase>\n", to);
}

/* a finding whose file is no unit, the first of that file */
static bool starts_header(const struct records *r, int i)
{
	return records_unit(r, r->findings[i].file) < 0 &&
	       (!i || strcmp(r->findings[i - 1].file, r->findings[i].file));
}

static void put_suite(const struct records *r, int failures, FILE *to)
{
	int tests = r->nunits, errors = 0;

	for (int i = 0; i < r->nfindings; i++)
		tests += starts_header(r, i);
	for (int i = 0; i < r->nunits; i++)
		errors += unit_unchecked(&r->units[i]);
	fprintf(to, " <testsuite name=\"mncheck\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n",
		tests, failures, errors);
}

void print_junit(const struct report *report, FILE *to)
{
	const struct records *r = &report->records;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", to);
	put_suite(r, report_left(report), to);
	for (int i = 0; i < r->nunits; i++)
		put_file(report, r->units[i].file, &r->units[i], to);
	for (int i = 0; i < r->nfindings; i++)
		if (starts_header(r, i))
			put_file(report, r->findings[i].file, NULL, to);
	fputs(" </testsuite>\n</testsuites>\n", to);
}
