// SPDX-License-Identifier: GPL-2.0-only
/*
 * report.c - findings as lines, the way sparse prints its own.
 *
 * The words are the engine's. The path stands below its finding as notes. Nothing here asks
 * sparse's own reporter, which falls silent after an error of its own.
 */
#include "adapter.h"

struct mn_loc loc_of(struct position pos)
{
	struct mn_loc loc = { NULL, 0, 0, 0 };

	loc.file = stream_name(pos.stream);
	loc.line = (int)pos.line;
	loc.col = (int)pos.pos;
	return loc;
}

static void print_place(struct mn_loc loc)
{
	fprintf(stderr, "%s:%d:%d: ", loc.file ? loc.file : base_filename, loc.line,
		loc.col);
}

static void print_finding(const struct mn_finding *f, bool as_error)
{
	int i;

	print_place(f->loc);
	fprintf(stderr, "%s: %s [mn-%s]\n", as_error ? "error" : "warning", f->text,
		mn_rule_name(f->rule));
	for (i = 0; i < f->nevents; i++) {
		print_place(f->events[i].loc);
		fprintf(stderr, "note: (%d) %s\n", i + 1, f->events[i].text);
	}
}

void report_findings(const struct mn_unit *unit, bool as_errors)
{
	const struct mn_finding *f;
	size_t i;

	for (i = 0; (f = mn_unit_finding(unit, i)); i++)
		print_finding(f, as_errors);
}

void report_trouble(const struct mn_unit *unit)
{
	const char *line;
	size_t i;

	for (i = 0; (line = mn_unit_trouble(unit, i)); i++)
		fprintf(stderr, "%s\n", line);
}

/* functions that are used and that sparse has found an error in */
void report_unread(const struct source *s, const char *file)
{
	int i, n = 0;

	for (i = 0; i < s->nbodies; i++)
		n += s->bodies[i].used && s->bodies[i].broken;
	if (!n)
		return;
	fprintf(stderr, "mncheck: note: %s: %d function%s not checked: sparse cannot read %s: ",
		file, n, n == 1 ? "" : "s", n == 1 ? "it" : "them");
	for (i = 0; i < s->nbodies; i++)
		if (s->bodies[i].used && s->bodies[i].broken)
			fprintf(stderr, "%s%s", show_ident(s->bodies[i].sym->ident),
				--n ? ", " : "\n");
}

void report_figures(const struct mn_unit *unit, const char *file, double seconds)
{
	struct mn_stats stats;
	const char *line;
	size_t i;

	mn_unit_stats(unit, &stats);
	fprintf(stderr, "mncheck: stats: %s: era %s, %u functions, %u lowered, "
		"%u simulated, %u contexts, %u states (%u merged), %u steps, "
		"%u given up, %.3f s\n", file, *stats.era ? stats.era : "unknown",
		stats.functions, stats.wanted, stats.simulated, stats.contexts,
		stats.states, stats.merged, stats.steps, stats.given_up, seconds);
	for (i = 0; (line = mn_unit_excused(unit, i)); i++)
		fprintf(stderr, "mncheck: excused: %s\n", line);
}
