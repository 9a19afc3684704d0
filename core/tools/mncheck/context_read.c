// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_read.c - read what context= wrote: a line of JSON for each unit.
 *
 * Lines of source that are not in their order are an error, as anything else that is not in its place.
 */
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "json_lines.h"

static const char *const bar_names[BARS] = { "ptl", "region", "atomic" };
static const char *const told_names[] = { "none", "no", "unknown", "some", "all" };

static enum told told_of(const struct json_place *at, json_t *pair, size_t which)
{
	const char *word = json_string_value(json_array_get(pair, which));

	for (int i = 0; word && i < (int)(sizeof(told_names) / sizeof(*told_names)); i++)
		if (!strcmp(word, told_names[i]))
			return (enum told)i;
	json_refuse(at, 1, "a bar that says neither no, unknown, some, all nor none");
}

static void read_lines(const struct json_place *at, json_t *list, struct context *c)
{
	c->lines = (struct context_line *)json_room(at, list, &c->nlines, sizeof(*c->lines));
	for (int i = 0; i < c->nlines; i++) {
		struct context_line *l = &c->lines[i];
		json_t *from = json_array_get(list, (size_t)i);

		json_take(at, from, "{s:i}", "line", &l->line);
		if (l->line < 1 || (i && l->line <= l[-1].line))
			json_refuse(at, 1, "lines that are not in their order");
		l->reached = json_object_size(from) > 1;
		for (int bar = 0; l->reached && bar < BARS; bar++) {
			json_t *pair = json_object_get(from, bar_names[bar]);

			l->before[bar] = told_of(at, pair, 0);
			l->behind[bar] = told_of(at, pair, 1);
		}
	}
}

static void read_context(const struct json_place *at, json_t *from, struct context *c)
{
	json_t *callers, *lines;
	int root;

	json_take(at, from, "{s:b, s:o, s:o}", "root", &root, "callers", &callers, "lines", &lines);
	c->root = root;
	c->calls = (struct context_call *)json_room(at, callers, &c->ncalls, sizeof(*c->calls));
	for (int i = 0; i < c->ncalls; i++)
		json_take(at, json_array_get(callers, (size_t)i), "{s:s, s:s, s:i}", "func",
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
	all->calls = (struct context_call *)zeroed(n, sizeof(*all->calls));
	for (int i = 0; i < f->neach; i++) {
		all->root |= f->each[i].root;
		for (int k = 0; k < f->each[i].ncalls; k++) {
			const struct context_call *c = &f->each[i].calls[k];

			if (!has_call(all, c))
				all->calls[all->ncalls++] = *c;
		}
	}
}

static void read_function(struct contexts *all, const struct json_place *at, const char *unit,
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
	json_take(at, from, "{s:s, s:s, s:i, s?s, s:o, s:o, s:o}", "name", &f->name, "file", &f->file,
		  "line", &f->line, "hash", &f->hash, "given_up", &given_up, "contexts", &each,
		  "lines", &lines);
	f->given_up = json_texts(at, given_up, &f->ngiven_up);
	f->each = (struct context *)json_room(at, each, &f->neach, sizeof(*f->each));
	for (int i = 0; i < f->neach; i++)
		read_context(at, json_array_get(each, (size_t)i), &f->each[i]);
	read_lines(at, lines, &f->all);
	join_calls(f);
}

static void read_missing(struct contexts *all, const struct json_place *at, const char *unit,
			 json_t *from)
{
	struct context_missing *m;
	json_t *near;

	all->missing = (struct context_missing *)grow(all->missing, all->nmissing,
						      &all->missing_room, sizeof(*m));
	m = &all->missing[all->nmissing++];
	m->unit = unit;
	json_take(at, from, "{s:s, s:o}", "name", &m->name, "near", &near);
	m->near = json_texts(at, near, &m->nnear);
}

static void read_unit(void *arg, const struct json_place *at, json_t *from)
{
	struct contexts *all = (struct contexts *)arg;
	json_t *functions, *missing;
	const char *unit, *era;

	json_take(at, from, "{s:s, s:s, s:o, s:o}", "unit", &unit, "era", &era, "functions",
		  &functions, "missing", &missing);
	if (!json_is_array(functions) || !json_is_array(missing))
		json_refuse(at, 1, "something that is no list");
	for (size_t i = 0; i < json_array_size(functions); i++)
		read_function(all, at, unit, era, json_array_get(functions, i));
	for (size_t i = 0; i < json_array_size(missing); i++)
		read_missing(all, at, unit, json_array_get(missing, i));
}

void contexts_read(struct contexts *all, const char *path)
{
	struct json_place at = { path, NULL, "record of lock contexts",
				 "make the file again with context=FUNC:FILE", 0 };

	json_lines_read(&at, "name a C file, or what context= wrote", read_unit, all);
}
