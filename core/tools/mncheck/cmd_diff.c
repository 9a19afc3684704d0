// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_diff.c - mncheck diff: what one run found and another did not.
 *
 * A finding of the old run is fixed only where the new one looked again: a unit that has it was
 * compiled, was not refused, and its function was not given up.
 */
#include <getopt.h>
#include <string.h>

#include "records.h"

static const char help_text[] =
"usage: mncheck diff [--top=DIR] OLD NEW\n"
"What the records NEW have and OLD have not (new), the other way round (fixed), and both\n"
"(same). A unit that was not compiled in one of them is said, and nothing of it is fixed.\n"
"\n"
"  --top=DIR   show the names of files as seen from DIR, the top of the kernel\n"
"  --help      print this\n"
"\n"
"Exit status: 0, nothing is new; 1, something is; 2, bad input.\n";

/* why the finding of @old cannot be said to be gone from @new, or NULL */
static const char *not_looked_at(const struct records *old, const struct finding *f,
				 const struct records *now)
{
	const char *why = "not compiled";

	if (records_ignore(now, f))
		return "a comment in the source hides it";
	for (int i = 0; i < f->nunits; i++) {
		const struct unit *before = &old->units[f->units[i]];
		int at = records_unit(now, before->file);

		if (at < 0)
			continue;
		if (unit_unchecked(&now->units[at]))
			why = "refused by mncheck";
		else if (unit_gave_up(&now->units[at], f->func) &&
			 !unit_gave_up(before, f->func))
			why = "its function was given up";
		else
			return NULL;
	}
	return why;
}

static bool is_new(const struct records *old, const struct finding *f)
{
	return !f->ignored && !records_same(old, f);
}

static int print_new(const struct records *old, const struct records *now)
{
	int n = 0;

	for (int i = 0; i < now->nfindings; i++)
		n += is_new(old, &now->findings[i]);
	printf("new: %d\n", n);
	for (int i = 0; i < now->nfindings; i++)
		if (is_new(old, &now->findings[i]))
			print_finding(&now->findings[i], stdout);
	return n;
}

static void print_gone(const struct finding *f, const char *why)
{
	printf("  %s: %s: %s [mn-%s]", f->file, f->func, f->text, f->rule);
	if (why)
		printf(" (%s)", why);
	putchar('\n');
}

/* the findings of @old that are gone: those that were looked for, or the others */
static void print_old(const struct records *old, const struct records *now, const char *title,
		      bool looked)
{
	int n = 0;

	for (int pass = 0; pass < 2; pass++) {
		if (pass && (n || looked))
			printf("%s: %d\n", title, n);
		for (int i = 0; i < old->nfindings; i++) {
			const struct finding *f = &old->findings[i];
			const char *why = not_looked_at(old, f, now);

			if (f->ignored || records_same(now, f) || !why != looked)
				continue;
			if (pass)
				print_gone(f, why);
			else
				n++;
		}
	}
}

static void print_units(const struct records *a, const struct records *b, const char *where)
{
	int n = 0;

	for (int i = 0; i < a->nunits; i++)
		n += records_unit(b, a->units[i].file) < 0;
	if (!n)
		return;
	printf("not compiled in %s, or no longer naming the API: %d\n", where, n);
	for (int i = 0; i < a->nunits; i++)
		if (records_unit(b, a->units[i].file) < 0)
			printf("  %s\n", a->units[i].file);
}

static void print_trouble(const struct records *r, const char *where)
{
	for (int i = 0; i < r->nunits; i++)
		for (int k = 0; k < r->units[i].ntrouble; k++)
			printf("%s: %s: %s\n", where, r->units[i].file, r->units[i].trouble[k]);
}

static int compare(const struct records *old, const struct records *now)
{
	int fresh = print_new(old, now), same = 0;

	print_old(old, now, "fixed", true);
	print_old(old, now, "gone, but not looked for", false);
	for (int i = 0; i < old->nfindings; i++)
		same += !old->findings[i].ignored && records_same(now, &old->findings[i]);
	printf("same: %d\n", same);
	print_units(old, now, "NEW");
	print_units(now, old, "OLD");
	print_trouble(now, "NEW");
	return fresh ? STATUS_FOUND : STATUS_FINE;
}

int cmd_diff(int argc, char **argv)
{
	static const struct option options[] = {
		{ "top", required_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct records old, now;
	const char *top = NULL;
	int opt;

	while ((opt = next_option(argc, argv, options)) != -1) {
		if (opt == 'h') {
			fputs(help_text, stdout);
			return STATUS_FINE;
		}
		top = optarg;
	}
	if (argc - optind != 2)
		die("diff: two files of records, OLD and NEW; see mncheck diff --help");
	memset(&old, 0, sizeof(old));
	memset(&now, 0, sizeof(now));
	records_read(&old, argv[optind], top);
	records_read(&now, argv[optind + 1], top);
	records_finish(&old);
	records_finish(&now);
	return compare(&old, &now);
}
