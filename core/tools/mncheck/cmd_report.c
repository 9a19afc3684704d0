// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_report.c - mncheck report: what runs found, for a reader or for a machine.
 *
 * It reads the records, takes away what a baseline knows, and hands the rest to one of the forms.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "forms.h"

static const char help_text[] =
"usage: mncheck report [OPTION]... FILE...\n"
"What the records in each FILE say together. FILE is what the option record= wrote, or\n"
"build/kernel/NAME.jsonl of make kernel.\n"
"\n"
"  --format=FORM    table (the default), text: findings with their steps, sarif, junit, html\n"
"  --output=FILE    write there, completely or not at all\n"
"  --baseline=FILE  leave out what FILE knows: records, or a list of judged findings\n"
"  --known          show what the baseline knows and what comments in the source hide, too, with reasons\n"
"  --top=DIR        show the names of files as seen from DIR, the top of the kernel\n"
"  --source=DIR     where text and html find the sources; default: that of --top, or here\n"
"  --help-uri=URI   where sarif says that docs/rules.md is\n"
"  --exit-code      exit status 1 where a finding is left\n"
"  --help           print this\n";

static const struct {
	const char *name;
	void (*print)(const struct report *report, FILE *to);
} forms[] = {
	{ "table", print_table },
	{ "text", print_text },
	{ "sarif", print_sarif },
	{ "junit", print_junit },
	{ "html", print_html },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { OPT_FORMAT = 1, OPT_OUTPUT, OPT_BASELINE, OPT_KNOWN, OPT_TOP, OPT_SOURCE, OPT_HELP_URI,
       OPT_EXIT_CODE, OPT_HELP };

static const struct option options[] = {
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "output", required_argument, NULL, OPT_OUTPUT },
	{ "baseline", required_argument, NULL, OPT_BASELINE },
	{ "known", no_argument, NULL, OPT_KNOWN },
	{ "top", required_argument, NULL, OPT_TOP },
	{ "source", required_argument, NULL, OPT_SOURCE },
	{ "help-uri", required_argument, NULL, OPT_HELP_URI },
	{ "exit-code", no_argument, NULL, OPT_EXIT_CODE },
	{ "help", no_argument, NULL, OPT_HELP },
	{ NULL, 0, NULL, 0 },
};

struct request {
	struct report report;
	size_t form;
	const char *output;
	bool exit_code;
};

static size_t form_named(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT(forms) && strcmp(forms[i].name, name); i++)
		;
	if (i == COUNT(forms))
		die("--format=%s: no such form; see mncheck report --help", name);
	return i;
}

/* Return: false where the program has to end */
static bool set_option(struct request *q, int opt)
{
	switch (opt) {
	case OPT_FORMAT:
		q->form = form_named(optarg);
		return true;
	case OPT_OUTPUT:
		q->output = optarg;
		return true;
	case OPT_BASELINE:
		q->report.baseline = optarg;
		return true;
	case OPT_KNOWN:
		q->report.known = true;
		return true;
	case OPT_TOP:
		q->report.top = optarg;
		return true;
	case OPT_SOURCE:
		q->report.source = optarg;
		return true;
	case OPT_HELP_URI:
		q->report.help_uri = optarg;
		return true;
	case OPT_EXIT_CODE:
		q->exit_code = true;
		return true;
	}
	return false;
}

static bool is_left(const struct finding *f)
{
	return !f->known && !f->ignored;
}

int report_left(const struct report *report)
{
	int n = 0;

	for (int i = 0; i < report->records.nfindings; i++)
		n += is_left(&report->records.findings[i]);
	return n;
}

int report_known(const struct report *report)
{
	int n = 0;

	for (int i = 0; i < report->records.nfindings; i++)
		n += report->records.findings[i].known;
	return n;
}

int report_ignored(const struct report *report)
{
	int n = 0;

	for (int i = 0; i < report->records.nfindings; i++)
		n += report->records.findings[i].ignored != NULL;
	return n;
}

bool report_shows(const struct report *report, const struct finding *f)
{
	return report->known || is_left(f);
}

int cmd_report(int argc, char **argv)
{
	struct request q;
	struct output out;
	int opt;

	memset(&q, 0, sizeof(q));
	q.report.help_uri = "file:///usr/share/doc/mncheck/rules.md";
	while ((opt = next_option(argc, argv, options)) != -1) {
		if (opt == OPT_HELP)
			fputs(help_text, stdout);
		if (!set_option(&q, opt))
			return STATUS_FINE;
	}
	if (optind == argc)
		die("report: no file of records; see mncheck report --help");
	for (; optind < argc; optind++)
		records_read(&q.report.records, argv[optind], q.report.top);
	records_finish(&q.report.records);
	if (q.report.baseline)
		q.report.gone = baseline_apply(&q.report.records, q.report.baseline, q.report.top);
	forms[q.form].print(&q.report, output_open(&out, q.output));
	output_close(&out);
	return q.exit_code && report_left(&q.report) ? STATUS_FOUND : STATUS_FINE;
}
