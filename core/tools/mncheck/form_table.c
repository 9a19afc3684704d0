// SPDX-License-Identifier: GPL-2.0-only
/*
 * form_table.c - mncheck report for a terminal: the table.
 *
 * The table has a line for each rule and folder with a finding, and none for others. Below it is what
 * was not looked at, so that few findings are not taken for a clean kernel.
 */
#include <stdlib.h>
#include <string.h>

#include "forms.h"

/* findings of one rule in one folder */
struct cell {
	const char *rule, *folder;
	int n;
};

static const char *folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? text_cut(file, (size_t)(slash - file)) : ".";
}

static int by_rule(const void *x, const void *y)
{
	const struct cell *a = (const struct cell *)x, *b = (const struct cell *)y;
	int order = strcmp(a->rule, b->rule);

	return order ? order : strcmp(a->folder, b->folder);
}

static int count_cells(const struct report *report, struct cell *cells)
{
	int n = 0, k;

	for (int i = 0; i < report->records.nfindings; i++) {
		const struct finding *f = &report->records.findings[i];
		struct cell cell = { f->rule, folder_of(f->file), 1 };

		if (!report_shows(report, f))
			continue;
		for (k = 0; k < n && by_rule(&cells[k], &cell); k++)
			;
		if (k < n)
			cells[k].n++;
		else
			cells[n++] = cell;
	}
	if (n)
		qsort(cells, (size_t)n, sizeof(*cells), by_rule);
	return n;
}

static void print_cells(const struct report *report, FILE *to)
{
	struct cell *cells = (struct cell *)zeroed(report->records.nfindings, sizeof(*cells));
	int n, width = (int)strlen("folder"), sum = 0;

	n = count_cells(report, cells);
	for (int i = 0; i < n; i++) {
		sum += cells[i].n;
		if ((int)strlen(cells[i].folder) > width)
			width = (int)strlen(cells[i].folder);
	}
	if (n)
		fprintf(to, "%-20s %-*s %8s\n", "rule", width, "folder", "findings");
	for (int i = 0; i < n; i++)
		fprintf(to, "%-20s %-*s %8d\n",
			i && !strcmp(cells[i].rule, cells[i - 1].rule) ? "" : cells[i].rule,
			width, cells[i].folder, cells[i].n);
	fprintf(to, "%-20s %-*s %8d\n", "findings", width, "", sum);
	free(cells);
}

/* "5 known to FILE: 4 defect, 1 latent" */
static void print_known(const struct report *report, FILE *to)
{
	const struct records *r = &report->records;
	const char *comma = ": ";
	int n;

	if (!report->baseline)
		return;
	fprintf(to, "%d known to %s%s", report_known(report), report->baseline,
		report->known ? "" : ", not shown");
	for (int i = 0; i < r->nfindings; i++) {
		const char *verdict = r->findings[i].verdict;
		bool seen = !verdict;

		for (int k = 0; k < i && !seen; k++)
			seen = r->findings[k].verdict && !strcmp(r->findings[k].verdict, verdict);
		if (seen)
			continue;
		n = 0;
		for (int k = i; k < r->nfindings; k++)
			n += r->findings[k].verdict && !strcmp(r->findings[k].verdict, verdict);
		fprintf(to, "%s%d %s", comma, n, verdict);
		comma = ", ";
	}
	putc('\n', to);
	if (report->gone)
		fprintf(to, "%d of it not found here\n", report->gone);
}

static void print_ignored(const struct report *report, FILE *to)
{
	const struct records *r = &report->records;

	if (report_ignored(report))
		fprintf(to, "%d ignored by comments in the source%s\n", report_ignored(report),
			report->known ? "" : ", not shown");
	for (int i = 0; i < r->nunits; i++)
		for (int k = 0; k < r->units[i].nneedless; k++)
			fprintf(to, "%s\n", r->units[i].needless[k]);
}

static void print_units(const struct report *report, FILE *to)
{
	const struct records *r = &report->records;
	int functions = 0, simulated = 0;

	for (int i = 0; i < r->nunits; i++) {
		functions += r->units[i].functions;
		simulated += r->units[i].simulated;
	}
	fprintf(to, "%d files, %d functions, %d of them simulated\n", r->nunits, functions,
		simulated);
	for (int i = 0; i < r->nunits; i++)
		for (int k = 0; k < r->units[i].ntrouble; k++)
			fprintf(to, "%s: %s\n", r->units[i].file, r->units[i].trouble[k]);
}

void print_table(const struct report *report, FILE *to)
{
	print_cells(report, to);
	putc('\n', to);
	print_known(report, to);
	print_ignored(report, to);
	print_units(report, to);
}
