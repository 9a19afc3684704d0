// SPDX-License-Identifier: GPL-2.0-only
/*
 * context.c - the lock context of the functions that context= asks for, as one line of JSON.
 *
 * docs/context.schema.json is its form. Calls of a function that look alike at each line are one: what
 * tells their states apart is nothing that is drawn. The hash says later whether the source is still
 * the one that was compiled.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "file_hash.h"
#include "report.h"

#define NEAR_NAMES 3

static const char *const bar_word[BARS] = { "ptl", "region", "atomic" };
static const char *const told_word[] = { "none", "no", "unknown", "some", "all" };

/* what is between two members of an object or an array */
static void put_comma(int i, FILE *to)
{
	if (i)
		putc(',', to);
}

static void put_place(const char *file, int line, FILE *to)
{
	fputs("\"file\":", to);
	record_string(file, to);
	fprintf(to, ",\"line\":%d", line);
}

/* ------------------------------------------------------------------ */
/* lines                                                               */

/* of the contexts in @group what holds at the nth line */
static uint32_t seen_by(const struct run *run, const int *group, int number, int n)
{
	uint32_t seen = 0;

	for (int i = 0; i < run->contexts.n; i++)
		if (number < 0 || group[i] == number)
			seen |= run->contexts.v[i]->lines[n];
	return seen;
}

static void put_line(int line, uint32_t seen, FILE *to)
{
	fprintf(to, "{\"line\":%d", line);
	for (int bar = 0; seen && bar < BARS; bar++)
		fprintf(to, ",\"%s\":[\"%s\",\"%s\"]", bar_word[bar],
			told_word[line_told(seen, bar, false)], told_word[line_told(seen, bar, true)]);
	putc('}', to);
}

/* @number: of a group; -1: of all contexts */
static void put_lines(const struct run *run, const int *group, int number, FILE *to)
{
	int n, first = lines_first(run->lines, &n), written = 0;

	fputs("\"lines\":[", to);
	for (int i = 0; i < n; i++) {
		if (!lines_code(run->lines, i))
			continue;
		put_comma(written++, to);
		put_line(first + i, seen_by(run, group, number, i), to);
	}
	putc(']', to);
}

/* ------------------------------------------------------------------ */
/* contexts                                                            */

static bool look_alike(const struct run *run, const struct context_run *a,
		       const struct context_run *b)
{
	int n;

	lines_first(run->lines, &n);
	return !memcmp(a->lines, b->lines, sizeof(*a->lines) * (size_t)n);
}

/* by context the number of its group. Return: how many there are */
static int find_groups(const struct run *run, int *group)
{
	int n = 0, k;

	for (int i = 0; i < run->contexts.n; i++) {
		for (k = 0; k < i && !look_alike(run, run->contexts.v[i], run->contexts.v[k]); k++)
			;
		group[i] = k < i ? group[k] : n++;
	}
	return n;
}

static int by_place(const void *x, const void *y)
{
	const struct call_place *a = (const struct call_place *)x, *b = (const struct call_place *)y;
	const char *file = a->loc.file ? a->loc.file : "", *other = b->loc.file ? b->loc.file : "";

	if (strcmp(file, other))
		return strcmp(file, other);
	return a->loc.line != b->loc.line ? a->loc.line - b->loc.line :
	       strcmp(a->func->name, b->func->name);
}

static void put_callers(const struct run *run, const int *group, int number, FILE *to)
{
	MN_VEC(struct call_place) all = { NULL, 0, 0 };
	int written = 0;

	for (int i = 0; i < run->contexts.n; i++)
		for (int k = 0; group[i] == number && k < run->contexts.v[i]->callers.n; k++)
			*vec_push(run->func->unit->arena, &all) = run->contexts.v[i]->callers.v[k];
	if (all.n)
		qsort(all.v, (size_t)all.n, sizeof(*all.v), by_place);
	fputs(",\"callers\":[", to);
	for (int i = 0; i < all.n; i++) {
		if (i && !by_place(&all.v[i - 1], &all.v[i]))
			continue;
		put_comma(written++, to);
		fputs("{\"func\":", to);
		record_string(source_name(run->func->unit->arena, all.v[i].func->name), to);
		putc(',', to);
		put_place(all.v[i].loc.file, all.v[i].loc.line, to);
		putc('}', to);
	}
	putc(']', to);
}

static void put_contexts(const struct run *run, const int *group, int n, FILE *to)
{
	fputs(",\"contexts\":[", to);
	for (int number = 0; number < n; number++) {
		bool root = false;

		for (int i = 0; i < run->contexts.n; i++)
			root |= group[i] == number && run->contexts.v[i]->root;
		put_comma(number, to);
		fprintf(to, "{\"root\":%s", root ? "true" : "false");
		put_callers(run, group, number, to);
		putc(',', to);
		put_lines(run, group, number, to);
		putc('}', to);
	}
	fputs("],", to);
	put_lines(run, group, -1, to);
}

/* ------------------------------------------------------------------ */
/* functions                                                           */

static bool is_called(const struct mn_func *by, const char *name)
{
	for (int i = 0; i < by->calls.n; i++)
		if (!strcmp(by->calls.v[i], name))
			return true;
	return false;
}

/* does @by call @func, or one that is handed it? */
static bool comes_to(const struct mn_func *by, const struct mn_func *func)
{
	if (is_called(by, func->name))
		return true;
	for (int i = 0; i < func->stored.n; i++)
		if (is_called(by, func->stored.v[i].type))
			return true;
	return false;
}

/* by index: @func, and all that come to it */
static bool *who_comes_to(const struct mn_func *func)
{
	const struct mn_unit *unit = func->unit;
	bool *comes = arena_new_array(unit->arena, bool, unit->funcs.n);
	int *stack = arena_new_array(unit->arena, int, unit->funcs.n), top = 0;

	comes[func->index] = true;
	stack[top++] = func->index;
	while (top) {
		const struct mn_func *to = unit->funcs.v[stack[--top]];

		for (int i = 0; i < unit->funcs.n; i++) {
			if (comes[i] || !unit->funcs.v[i]->wanted ||
			    !comes_to(unit->funcs.v[i], to))
				continue;
			comes[i] = true;
			stack[top++] = i;
		}
	}
	return comes;
}

/* why it was not looked at to its end, or what comes to it was not */
static void put_given_up(const struct mn_func *func, FILE *to)
{
	static const char start[] = "mncheck: given up: ";
	const struct mn_unit *unit = func->unit;
	const bool *comes = who_comes_to(func);
	int written = 0;

	fputs(",\"given_up\":[", to);
	for (int i = 0; i < unit->trouble.n; i++) {
		const char *text = unit->trouble.v[i], *colon;
		const struct mn_func *who;

		if (strncmp(text, start, sizeof(start) - 1))
			continue;
		text += sizeof(start) - 1;
		colon = strchr(text, ':');
		who = colon ? unit_func(unit, arena_printf(unit->arena, "%.*s", (int)(colon - text),
							   text)) : NULL;
		/* what is said of the whole unit may be about it */
		if (who && !comes[who->index])
			continue;
		put_comma(written++, to);
		record_string(who == func ? colon + 2 : text, to);
	}
	putc(']', to);
}

static void put_function(const struct mn_func *func, const char *name, FILE *to)
{
	const struct run *run = func->run;
	uint64_t hash;
	int *group;

	fputs("{\"name\":", to);
	record_string(name, to);
	putc(',', to);
	put_place(func->loc.file, func->loc.line, to);
	if (func->loc.file && file_hash(func->loc.file, &hash))
		fprintf(to, ",\"hash\":\"%016" PRIx64 "\"", hash);
	put_given_up(func, to);
	/* given up before a state came to it, or nothing comes there */
	if (run && run->lines) {
		group = arena_new_array(func->unit->arena, int, run->contexts.n);
		put_contexts(run, group, find_groups(run, group), to);
	} else {
		fputs(",\"contexts\":[],\"lines\":[]", to);
	}
	putc('}', to);
}

static void put_missing(const struct mn_unit *unit, const char *name, FILE *to)
{
	const char *near[NEAR_NAMES];
	int n = near_names(unit, name, near, NEAR_NAMES);

	fputs("{\"name\":", to);
	record_string(name, to);
	fputs(",\"near\":[", to);
	for (int i = 0; i < n; i++) {
		put_comma(i, to);
		record_string(near[i], to);
	}
	fputs("]}", to);
}

/* those of the functions asked for that the unit has, or those that it has not */
static void put_asked(const struct mn_unit *unit, bool there, FILE *to)
{
	const char *asked = NULL, *name;
	struct mn_func *func;
	int written = 0;
	size_t n = 0;

	while ((asked = context_asked(unit, asked, &n))) {
		name = arena_printf(unit->arena, "%.*s", (int)n, asked);
		func = unit_func(unit, name);
		if (!func == there)
			continue;
		put_comma(written++, to);
		if (func)
			put_function(func, name, to);
		else
			put_missing(unit, name, to);
	}
}

void context_write(const struct mn_unit *unit, FILE *to)
{
	fputs("{\"unit\":", to);
	record_string(unit->file, to);
	fputs(",\"era\":", to);
	record_string(unit->era, to);
	fputs(",\"functions\":[", to);
	put_asked(unit, true, to);
	fputs("],\"missing\":[", to);
	put_asked(unit, false, to);
	fputs("]}\n", to);
}
