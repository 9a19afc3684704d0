// SPDX-License-Identifier: GPL-2.0-only
/*
 * oracle.c - writes random programs in the engine's text form, and what has to be said of them.
 *
 * The programs of one run are one unit, whose functions do not see those of another program.
 * tests/test_oracle.py compares what the engine says.
 */
#define _POSIX_C_SOURCE 200809L
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

struct oracle {
	uint64_t seed;
	int first, count;
	struct kernel kernel;
	const char *drop, *expect;
	bool print;
};

static const char help_text[] =
"usage: mn-oracle --kernel=MAJOR.MINOR [OPTION]...\n"
"Write random programs for mn-replay, and what it has to say of them.\n"
"\n"
"  --seed=N       another seed, other programs\n"
"  --first=N      number of the first program\n"
"  --count=N      so many programs\n"
"  --expect=FILE  write there what has to be said (FILE's head says how)\n"
"  --drop=N,..    without these statements of the program (Nu: without its condition)\n"
"  --print        print the programs as C, for people, and nothing else\n";

static const char expect_head[] =
"# program N FIRST-LINE LAST-LINE STATES [too-many]\n"
"# must RULE LINE[ RULE LINE]..   one of these has to be found\n"
"# may RULE LINE                  this may be found, and nothing else\n";

static void write_header(const struct oracle *o, FILE *to)
{
	int args = o->kernel.values ? 3 : 1;

	fprintf(to, "unit \"oracle.c\"\n");
	fprintf(to, "declares mmu_notifier_invalidate_range_start/%d\n", args);
	fprintf(to, o->kernel.major > 6 || (o->kernel.major == 6 && o->kernel.minor >= 6) ?
		"#\n" : "declares mmu_notifier_invalidate_range/3\n");
	fprintf(to, o->kernel.major == 4 && o->kernel.minor <= 12 ?
		"declares mmu_notifier_invalidate_page/2\n" : "#\n");
	fprintf(to, "layout mmu_notifier_range.mm 0\nlayout mmu_notifier_range.start 64\n"
		"layout mmu_notifier_range.end 128\n");
}

enum { HEADER_LINES = 7 };

static void write_place(uint32_t place, FILE *to)
{
	fprintf(to, " %s %d", rule_names[place >> 24 & 0x7f], (int)(place & 0xffffff));
}

static void write_said(const struct program *p, const struct said *said, int first, int last,
		       FILE *to)
{
	fprintf(to, "program %d %d %d %d%s\n", p->index, first, last, said->nstates,
		said->too_many ? " too-many" : "");
	for (int i = 0; i < said->nmusts; i++) {
		fputs("must", to);
		for (int k = 0; k < said->musts[i].n; k++)
			write_place(said->musts[i].places[k], to);
		fputc('\n', to);
	}
	for (int i = 0; i < said->nmay; i++) {
		fputs("may", to);
		write_place(said->may[i], to);
		fputc('\n', to);
	}
}

static int one(const struct oracle *o, int index, int line, FILE *expect)
{
	static struct program p;
	static struct said said;
	int last = line;

	program_generate(&p, o->seed, index, o->kernel);
	if (o->drop)
		program_drop(&p, o->drop);
	program_params(&p);
	program_lower(&p);
	if (p.too_large)
		return line;
	if (o->print) {
		program_print(&p, stdout);
		return line;
	}
	last = program_write(&p, line, stdout);
	if (expect) {
		program_walk(&p, &said);
		write_said(&p, &said, line + 1, last, expect);
	}
	return last;
}

static int set_option(struct oracle *o, int opt)
{
	switch (opt) {
	case 'k':
		if (sscanf(optarg, "%d.%d", &o->kernel.major, &o->kernel.minor) != 2)
			return 2;
		o->kernel.values = o->kernel.major < 5;
		return 0;
	case 's':
		o->seed = strtoull(optarg, NULL, 10);
		return 0;
	case 'f':
		o->first = atoi(optarg);
		return 0;
	case 'n':
		o->count = atoi(optarg);
		return 0;
	case 'd':
		o->drop = optarg;
		return 0;
	case 'e':
		o->expect = optarg;
		return 0;
	case 'p':
		o->print = true;
		return 0;
	default:
		return 2;
	}
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "kernel", required_argument, NULL, 'k' }, { "seed", required_argument, NULL, 's' },
		{ "first", required_argument, NULL, 'f' }, { "count", required_argument, NULL, 'n' },
		{ "drop", required_argument, NULL, 'd' }, { "expect", required_argument, NULL, 'e' },
		{ "print", no_argument, NULL, 'p' }, { NULL, 0, NULL, 0 },
	};
	struct oracle o = { 1, 0, 1, { 0, 0, false }, NULL, NULL, false };
	FILE *expect = NULL;
	int opt, line = HEADER_LINES;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (set_option(&o, opt))
			break;
	if (opt != -1 || optind != argc || !o.kernel.major) {
		fputs(help_text, stderr);
		return 2;
	}
	if (o.expect) {
		expect = fopen(o.expect, "w");
		if (!expect) {
			perror(o.expect);
			return 2;
		}
		fputs(expect_head, expect);
	}
	if (!o.print)
		write_header(&o, stdout);
	for (int i = 0; i < o.count; i++)
		line = one(&o, o.first + i, line, expect);
	return expect && fclose(expect) ? 2 : ferror(stdout) != 0;
}
