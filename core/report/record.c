// SPDX-License-Identifier: GPL-2.0-only
/*
 * record.c - what one unit took and gave, as one line of JSON for scripts.
 *
 * Where it goes is output.c's.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "report.h"

static void put_text(const char *key, const char *value, FILE *to)
{
	fprintf(to, "\"%s\":", key);
	record_string(value, to);
}

static void put_count(const char *key, unsigned int value, FILE *to)
{
	fprintf(to, ",\"%s\":%u", key, value);
}

static void put_list(const char *key, const struct mn_unit *unit,
		     const char *(*item)(const struct mn_unit *, size_t), FILE *to)
{
	size_t i;

	fprintf(to, ",\"%s\":[", key);
	for (i = 0; item(unit, i); i++) {
		if (i)
			putc(',', to);
		record_string(item(unit, i), to);
	}
	putc(']', to);
}

static void put_place(struct mn_loc loc, const char *func, FILE *to)
{
	put_text("file", loc.file, to);
	fprintf(to, ",\"line\":%d,\"col\":%d,", loc.line, loc.col);
	put_text("func", func, to);
	putc(',', to);
}

static void put_event(const struct mn_event *event, FILE *to)
{
	putc('{', to);
	put_place(event->loc, event->func, to);
	fprintf(to, "\"depth\":%d,", event->depth);
	put_text("text", event->text, to);
	putc('}', to);
}

static void put_finding(const struct mn_finding *finding, FILE *to)
{
	int i;

	putc('{', to);
	put_text("rule", mn_rule_name(finding->rule), to);
	putc(',', to);
	put_text("id", finding->id, to);
	putc(',', to);
	put_place(finding->loc, finding->func, to);
	put_text("text", finding->text, to);
	fputs(",\"events\":[", to);
	for (i = 0; i < finding->nevents; i++) {
		if (i)
			putc(',', to);
		put_event(&finding->events[i], to);
	}
	fputs("]}", to);
}

void record_write(const struct mn_unit *unit, double seconds, FILE *to)
{
	struct mn_stats stats;
	size_t i;

	mn_unit_stats(unit, &stats);
	putc('{', to);
	put_text("file", unit->file, to);
	putc(',', to);
	put_text("era", stats.era, to);
	put_count("functions", stats.functions, to);
	put_count("wanted", stats.wanted, to);
	put_count("simulated", stats.simulated, to);
	put_count("contexts", stats.contexts, to);
	put_count("states", stats.states, to);
	put_count("merged", stats.merged, to);
	put_count("steps", stats.steps, to);
	put_count("given_up", stats.given_up, to);
	put_list("excused", unit, mn_unit_excused, to);
	put_list("silenced", unit, mn_unit_silenced, to);
	put_list("trouble", unit, mn_unit_trouble, to);
	fprintf(to, ",\"seconds\":%.6f,\"findings\":[", seconds);
	for (i = 0; mn_unit_finding(unit, i); i++) {
		if (i)
			putc(',', to);
		put_finding(mn_unit_finding(unit, i), to);
	}
	putc(']', to);
	record_reach(unit, to);
	fputs("}\n", to);
}
