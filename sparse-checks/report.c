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

static void print_place(const struct mn_run *run, struct mn_loc loc)
{
	fprintf(stderr, "%s:%d:%d: ", loc.file ? loc.file : run->file, loc.line, loc.col);
}

void report_finding(const struct mn_run *run, const struct mn_finding *f)
{
	int i;

	print_place(run, f->loc);
	fprintf(stderr, "%s: %s [mn-%s]\n", run->settings->error ? "error" : "warning",
		f->text, mn_rule_name(f->rule));
	for (i = 0; i < f->nevents; i++) {
		print_place(run, f->events[i].loc);
		fprintf(stderr, "note: (%d) %s\n", i + 1, f->events[i].text);
	}
}

/* functions that are used and that sparse has found an error in */
void report_unread(const struct mn_run *run)
{
	const struct source *s = &adapter_of(run)->source;
	int i, n = 0;

	for (i = 0; i < s->bodies.n; i++)
		n += s->bodies.v[i].used && s->bodies.v[i].broken;
	if (!n)
		return;
	fprintf(stderr, "mncheck: note: %s: %d function%s not checked: sparse cannot read %s: ",
		run->file, n, n == 1 ? "" : "s", n == 1 ? "it" : "them");
	for (i = 0; i < s->bodies.n; i++)
		if (s->bodies.v[i].used && s->bodies.v[i].broken)
			fprintf(stderr, "%s%s", word_of(s->bodies.v[i].sym->ident),
				--n ? ", " : "\n");
}
