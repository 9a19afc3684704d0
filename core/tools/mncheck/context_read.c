// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_read.c - read what context= wrote: a line of JSON for each unit.
 *
 * The texts are jansson's and stay in memory. A record may come from anywhere, so nothing of it is
 * believed: a line that is not in its place is an error like any other.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"

static const char *const bar_names[BARS] = { "ptl", "region", "atomic" };
static const char *const told_names[] = { "none", "no", "unknown", "some", "all" };

struct place {
	const char *path;
	int line;
};

static void no_record(const struct place *at, int col, const char *why)
	__attribute__((noreturn));

static void no_record(const struct place *at, int col, const char *why)
{
	fprintf(stderr, "%s:%d:%d: error: this is no record of lock contexts (%s); make the file "
		"again with context=FUNC:FILE\n", at->path, at->line, col > 0 ? col : 1, why);
	exit(STATUS_BAD);
}

static void unpack(const struct place *at, json_t *from, const char *form, ...)
{
	json_error_t error;
	va_list args;
	int ret;

	va_start(args, form);
	ret = json_vunpack_ex(from, &error, 0, form, args);
	va_end(args);
	if (ret)
		no_record(at, 1, error.text);
}

/* room for the members of a list */
static void *room_for(const struct place *at, json_t *list, int *n, size_t size)
{
	void *members;

	if (!json_is_array(list))
		no_record(at, 1, "something that is no list");
	*n = (int)json_array_size(list);
	members = calloc((size_t)*n + 1, size);
	if (!members)
		die("no memory");
	return members;
}

static const char **texts_of(const struct place *at, json_t *list, int *n)
{
	const char **texts = (const char **)room_for(at, list, n, sizeof(*texts));

	for (int i = 0; i < *n; i++) {
		texts[i] = json_string_value(json_array_get(list, (size_t)i));
		if (!texts[i])
			no_record(at, 1, "something that is no text");
	}
	return texts;
}

static enum told told_of(const struct place *at, json_t *pair, size_t which)
{
	const char *word = json_string_value(json_array_get(pair, which));

	for (int i = 0; word && i < (int)(sizeof(told_names) / sizeof(*told_names)); i++)
		if (!strcmp(word, told_names[i]))
			return (enum told)i;
	no_record(at, 1, "a bar that says neither no, unknown, some, all nor none");
}

static void read_lines(const struct place *at, json_t *list, struct context *c)
{
	c->lines = (struct context_line *)room_for(at, list, &c->nlines, sizeof(*c->lines));
	for (int i = 0; i < c->nlines; i++) {
		struct context_line *l = &c->lines[i];
		json_t *from = json_array_get(list, (size_t)i);

		unpack(at, from, "{s:i}", "line", &l->line);
		if (l->line < 1 || (i && l->line <= l[-1].line))
			no_record(at, 1, "lines that are not in their order");
		l->reached = json_object_size(from) > 1;
		for (int bar = 0; l->reached && bar < BARS; bar++) {
			json_t *pair = json_object_get(from, bar_names[bar]);

			l->before[bar] = told_of(at, pair, 0);
			l->behind[bar] = told_of(at, pair, 1);
		}
	}
}

static void read_context(const struct place *at, json_t *from, struct context *c)
{
	json_t *callers, *lines;
	int root;

	unpack(at, from, "{s:b, s:o, s:o}", "root", &root, "callers", &callers, "lines", &lines);
	c->root = root;
	c->calls = (struct context_call *)room_for(at, callers, &c->ncalls, sizeof(*c->calls));
	for (int i = 0; i < c->ncalls; i++)
		unpack(at, json_array_get(callers, (size_t)i), "{s:s, s:s, s:i}", "func",
		       &c->calls[i].func, "file", &c->calls[i].file, "line", &c->calls[i].line);
	read_lines(at, lines, c);
}

static bool has_call(const struct context *all, const struct context_call *c)
{
	for (int i = 0; i < all->ncalls; i++)
		if (all->calls[i].line == c->line && !strcmp(all->calls[i].func, c->func) &&
		    !strcmp(all->calls[i].file, c->file))
			return true;
	return false;
}

/* where the function is called, whatever it looks like */
static void join_calls(struct context_function *f)
{
	struct context *all = &f->all;
	int n = 0;

	for (int i = 0; i < f->neach; i++)
		n += f->each[i].ncalls;
	all->calls = (struct context_call *)calloc((size_t)n + 1, sizeof(*all->calls));
	if (!all->calls)
		die("no memory");
	for (int i = 0; i < f->neach; i++) {
		all->root |= f->each[i].root;
		for (int k = 0; k < f->each[i].ncalls; k++) {
			const struct context_call *c = &f->each[i].calls[k];

			if (!has_call(all, c))
				all->calls[all->ncalls++] = *c;
		}
	}
}

static void read_function(struct contexts *all, const struct place *at, const char *unit,
			  const char *era, json_t *from)
{
	json_t *given_up, *each, *lines;
	struct context_function *f;

	all->functions = (struct context_function *)grow(all->functions, all->nfunctions,
							 &all->functions_room, sizeof(*f));
	f = &all->functions[all->nfunctions++];
	memset(f, 0, sizeof(*f));
	f->unit = unit;
	f->era = era;
	unpack(at, from, "{s:s, s:s, s:i, s?s, s:o, s:o, s:o}", "name", &f->name, "file", &f->file,
	       "line", &f->line, "hash", &f->hash, "given_up", &given_up, "contexts", &each,
	       "lines", &lines);
	f->given_up = texts_of(at, given_up, &f->ngiven_up);
	f->each = (struct context *)room_for(at, each, &f->neach, sizeof(*f->each));
	for (int i = 0; i < f->neach; i++)
		read_context(at, json_array_get(each, (size_t)i), &f->each[i]);
	read_lines(at, lines, &f->all);
	join_calls(f);
}

static void read_missing(struct contexts *all, const struct place *at, const char *unit,
			 json_t *from)
{
	struct context_missing *m;
	json_t *near;

	all->missing = (struct context_missing *)grow(all->missing, all->nmissing,
						      &all->missing_room, sizeof(*m));
	m = &all->missing[all->nmissing++];
	m->unit = unit;
	unpack(at, from, "{s:s, s:o}", "name", &m->name, "near", &near);
	m->near = texts_of(at, near, &m->nnear);
}

static void read_unit(struct contexts *all, const struct place *at, json_t *from)
{
	json_t *functions, *missing;
	const char *unit, *era;

	unpack(at, from, "{s:s, s:s, s:o, s:o}", "unit", &unit, "era", &era, "functions",
	       &functions, "missing", &missing);
	if (!json_is_array(functions) || !json_is_array(missing))
		no_record(at, 1, "something that is no list");
	for (size_t i = 0; i < json_array_size(functions); i++)
		read_function(all, at, unit, era, json_array_get(functions, i));
	for (size_t i = 0; i < json_array_size(missing); i++)
		read_missing(all, at, unit, json_array_get(missing, i));
}

void contexts_read(struct contexts *all, const char *path)
{
	struct place at = { path, 0 };
	FILE *from = fopen(path, "r");
	json_error_t error;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	json_t *json;

	if (!from)
		die("%s: %s; name a C file, or what context= wrote", path, strerror(errno));
	while ((n = getline(&line, &room, from)) >= 0) {
		at.line++;
		json = json_loadb(line, (size_t)n, 0, &error);
		if (!json)
			no_record(&at, error.column, error.text);
		read_unit(all, &at, json);
	}
	if (ferror(from))
		die("%s: %s; name a C file, or what context= wrote", path, strerror(errno));
	free(line);
	fclose(from);
}
