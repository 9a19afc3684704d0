// SPDX-License-Identifier: GPL-2.0-only
/*
 * record.c - what one unit took and gave, as one line of JSON for scripts.
 *
 * docs/record.schema.json is its form. The same unit gives the same bytes, unless the
 * seconds are asked for. Where it goes is output.c's.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
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

/* in small letters */
static void put_kind(const char *kind, FILE *to)
{
	fputs("\"kind\":\"", to);
	for (; *kind; kind++)
		putc(tolower((unsigned char)*kind), to);
	fputs("\",", to);
}

static void put_holds(unsigned int holds, FILE *to)
{
	static const char *const words[] = { "ptl", "region", "atomic" };
	const char *comma = "";
	int i;

	fputs("\"holds\":[", to);
	for (i = 0; i < 3; i++) {
		if (!(holds >> i & 1))
			continue;
		fprintf(to, "%s\"%s\"", comma, words[i]);
		comma = ",";
	}
	putc(']', to);
}

static void put_event(const struct mn_event *event, FILE *to)
{
	putc('{', to);
	put_place(event->loc, event->func, to);
	fprintf(to, "\"depth\":%d,", event->depth);
	put_kind(event->kind, to);
	if (event->text) {
		put_text("text", event->text, to);
		putc(',', to);
	}
	put_holds(event->holds, to);
	putc('}', to);
}

static void put_events(const char *key, const struct mn_event *events, int n, FILE *to)
{
	int i;

	fprintf(to, ",\"%s\":[", key);
	for (i = 0; i < n; i++) {
		if (i)
			putc(',', to);
		put_event(&events[i], to);
	}
	putc(']', to);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/*
 * Findings that nothing but their place tells apart are counted in the order of their places; those
 * that a comment hides, too, so that it changes the number of no other.
 */
static int ordinal(const struct mn_unit *unit, const struct mn_finding *finding)
{
	const struct mn_finding *other;
	int n = 1;

	for (other = unit->findings.v; other < finding; other++)
		n += other->id == finding->id && same_text(other->func, finding->func) &&
		     same_text(other->loc.file, finding->loc.file);
	return n;
}

/* with the file: what stays the same when lines move */
static void put_fingerprint(const struct mn_unit *unit, const struct mn_finding *finding, FILE *to)
{
	char *text = arena_printf(unit->arena, "%s:%s:%s:%d", finding->func ? finding->func : "",
				  mn_rule_name(finding->rule), finding->id, ordinal(unit, finding));

	put_text("fingerprint", text, to);
	putc(',', to);
}

/* the comment that hides a finding of its file */
static void put_comment(const struct mn_ignore *ignore, FILE *to)
{
	fprintf(to, ",\"comment\":{\"line\":%d,\"col\":%d,", ignore->loc.line, ignore->loc.col);
	put_text("reason", ignore->reason, to);
	putc('}', to);
}

static void put_finding(const struct mn_unit *unit, const struct mn_finding *finding, FILE *to)
{
	putc('{', to);
	put_text("rule", mn_rule_name(finding->rule), to);
	putc(',', to);
	put_text("id", finding->id, to);
	putc(',', to);
	put_fingerprint(unit, finding, to);
	put_place(finding->loc, finding->func, to);
	put_text("text", finding->text, to);
	putc(',', to);
	put_text("fix", finding->fix, to);
	put_events("events", finding->events, finding->nevents, to);
	put_events("path", finding->path, finding->npath, to);
	if (finding->hidden)
		put_comment(finding->hidden, to);
	putc('}', to);
}

static void put_findings(const char *key, const struct mn_unit *unit,
			 const struct mn_finding *(*nth)(const struct mn_unit *, size_t), FILE *to)
{
	size_t i;

	fprintf(to, ",\"%s\":[", key);
	for (i = 0; nth(unit, i); i++) {
		if (i)
			putc(',', to);
		put_finding(unit, nth(unit, i), to);
	}
	putc(']', to);
}

static void put_needless(const struct mn_unit *unit, FILE *to)
{
	const struct mn_ignore *ignore;
	size_t i;

	fputs(",\"needless\":[", to);
	for (i = 0; (ignore = ignore_needless(unit, i)); i++) {
		fputs(i ? ",{" : "{", to);
		put_text("file", ignore->loc.file, to);
		fprintf(to, ",\"line\":%d,\"col\":%d,", ignore->loc.line, ignore->loc.col);
		put_text("rule", mn_rule_name(ignore->rule), to);
		putc(',', to);
		put_text("reason", ignore->reason, to);
		putc('}', to);
	}
	putc(']', to);
}

void record_write(const struct mn_unit *unit, double seconds, FILE *to)
{
	struct mn_stats stats;

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
	if (unit->options.seconds)
		fprintf(to, ",\"seconds\":%.6f", seconds);
	put_findings("findings", unit, mn_unit_finding, to);
	put_findings("ignored", unit, unit_hidden, to);
	put_needless(unit, to);
	record_reach(unit, to);
	fputs("}\n", to);
}
