// SPDX-License-Identifier: GPL-2.0-only
/*
 * records.c - read what record= wrote: a line of JSON for each unit.
 *
 * A finding in a header comes once for each unit that
 * includes it, and is one finding: its file and its fingerprint say which.
 */
#include <stdlib.h>
#include <string.h>

#include "json_lines.h"
#include "records.h"

static unsigned int holds_of(const json_t *words)
{
	static const char *const names[] = { "ptl", "region", "atomic" };
	unsigned int holds = 0;

	for (size_t i = 0; i < json_array_size(words); i++)
		for (int bit = 0; bit < 3; bit++) {
			const char *word = json_string_value(json_array_get(words, i));

			if (word && !strcmp(word, names[bit]))
				holds |= 1u << bit;
		}
	return holds;
}

static struct step *steps_of(const struct json_place *at, json_t *array, int *n)
{
	struct step *steps = (struct step *)json_room(at, array, n, sizeof(*steps)), *s;
	json_t *holds;

	for (int i = 0; i < *n; i++) {
		s = &steps[i];
		json_take(at, json_array_get(array, (size_t)i), "{s:s, s:i, s:i, s:s, s:i, s:s, s?s, s:o}",
			  "file", &s->file, "line", &s->line, "col", &s->col,
			  "func", &s->func, "depth", &s->depth, "kind", &s->kind,
			  "text", &s->text, "holds", &holds);
		s->file = name_from(at->top, s->file);
		s->holds = holds_of(holds);
	}
	return steps;
}

static void read_comment(const struct json_place *at, json_t *from, struct finding *f)
{
	json_take(at, from, "{s:i, s:i, s:s}", "line", &f->comment_line,
		  "col", &f->comment_col, "reason", &f->ignored);
}

static void add_finding(struct records *r, const struct json_place *at, json_t *from)
{
	json_t *events, *path, *comment = NULL;
	struct finding *f;

	r->findings = (struct finding *)grow(r->findings, r->nfindings, &r->findings_room,
					     sizeof(*f));
	f = &r->findings[r->nfindings++];
	memset(f, 0, sizeof(*f));
	f->fix = "";
	json_take(at, from, "{s:s, s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:o, s:o, s?s, s?o}",
		  "rule", &f->rule, "id", &f->id, "fingerprint", &f->fingerprint,
		  "file", &f->file, "line", &f->line, "col", &f->col,
		  "func", &f->func, "text", &f->text, "events", &events,
		  "path", &path, "fix", &f->fix, "comment", &comment);
	if (comment)
		read_comment(at, comment, f);
	/* a record of an older mncheck has none */
	if (!*f->fix)
		f->fix = rule_fix(f->rule);
	f->file = name_from(at->top, f->file);
	f->events = steps_of(at, events, &f->nevents);
	f->path = steps_of(at, path, &f->npath);
	f->units = (int *)grow(NULL, 0, &f->units_room, sizeof(int));
	f->units[f->nunits++] = r->nunits;
}

/* the comments that hide nothing, as the compiler prints them */
static void read_needless(struct unit *u, const struct json_place *at, json_t *array)
{
	const char *file, *rule;
	int line, col;

	u->needless = (const char **)json_room(at, array, &u->nneedless, sizeof(*u->needless));
	for (int i = 0; i < u->nneedless; i++) {
		json_take(at, json_array_get(array, (size_t)i), "{s:s, s:i, s:i, s:s}", "file", &file, "line", &line,
			  "col", &col, "rule", &rule);
		u->needless[i] = text_of("%s:%d:%d: this 'mncheck: ignore(%s)' hides no finding",
					 name_from(at->top, file), line, col, rule);
	}
}

static void add_findings(struct records *r, const struct json_place *at, json_t *array)
{
	for (size_t i = 0; i < json_array_size(array); i++)
		add_finding(r, at, json_array_get(array, i));
}

static void add_unit(void *arg, const struct json_place *at, json_t *from)
{
	struct records *r = (struct records *)arg;
	json_t *trouble, *findings, *ignored = NULL, *needless = NULL;
	struct unit *u;

	r->units = (struct unit *)grow(r->units, r->nunits, &r->units_room, sizeof(*u));
	u = &r->units[r->nunits];
	memset(u, 0, sizeof(*u));
	json_take(at, from, "{s:s, s:s, s:i, s:i, s:i, s:i, s:o, s:o, s?o, s?o}",
		  "file", &u->file, "era", &u->era, "functions", &u->functions,
		  "simulated", &u->simulated, "contexts", &u->contexts,
		  "given_up", &u->given_up, "trouble", &trouble,
		  "findings", &findings, "ignored", &ignored,
		  "needless", &needless);
	if (!json_is_array(trouble) || !json_is_array(findings))
		json_refuse(at, 1, "'trouble' or 'findings' is no list");
	u->file = name_from(at->top, u->file);
	u->trouble = json_texts(at, trouble, &u->ntrouble);
	read_needless(u, at, needless);
	add_findings(r, at, findings);
	add_findings(r, at, ignored);
	r->nunits++;
}

void records_read(struct records *r, const char *path, const char *top)
{
	struct json_place at = { path, top, "record", "make the file again with record=FILE", 0 };

	json_lines_read(&at, "name what record= wrote", add_unit, r);
	if (!at.line)
		die("%s: no record in it: nothing was compiled, or nothing that names the API", path);
}

/* ------------------------------------------------------------------ */
/* each once                                                           */

static int by_name(const void *x, const void *y)
{
	return strcmp(((const struct unit *)x)->file, ((const struct unit *)y)->file);
}

static int by_place(const void *x, const void *y)
{
	const struct finding *a = (const struct finding *)x, *b = (const struct finding *)y;
	int order = strcmp(a->file, b->file);

	if (!order)
		order = a->line != b->line ? a->line - b->line : a->col - b->col;
	return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
	return !strcmp(a->file, b->file) && !strcmp(a->fingerprint, b->fingerprint);
}

static void add_unit_of(struct finding *f, int unit)
{
	for (int i = 0; i < f->nunits; i++)
		if (f->units[i] == unit)
			return;
	f->units = (int *)grow(f->units, f->nunits, &f->units_room, sizeof(int));
	f->units[f->nunits++] = unit;
}

static void join_lines(const char ***to, int *n, const char **from, int more)
{
	const char **lines = (const char **)zeroed(*n + more, sizeof(*lines));

	memcpy(lines, *to, sizeof(*lines) * (size_t)*n);
	memcpy(lines + *n, from, sizeof(*lines) * (size_t)more);
	*to = lines;
	*n += more;
}

/* two records of one unit: what either says holds */
static void join_units(struct unit *to, const struct unit *from)
{
	join_lines(&to->trouble, &to->ntrouble, from->trouble, from->ntrouble);
	join_lines(&to->needless, &to->nneedless, from->needless, from->nneedless);
}

static void sort_units(struct records *r, const char **names)
{
	int n = 0;

	for (int i = 0; i < r->nunits; i++)
		names[i] = r->units[i].file;
	qsort(r->units, (size_t)r->nunits, sizeof(*r->units), by_name);
	for (int i = 0; i < r->nunits; i++) {
		if (n && !strcmp(r->units[n - 1].file, r->units[i].file))
			join_units(&r->units[n - 1], &r->units[i]);
		else
			r->units[n++] = r->units[i];
	}
	r->nunits = n;
}

static void join_findings(struct records *r)
{
	int n = 0, k;

	for (int i = 0; i < r->nfindings; i++) {
		for (k = n - 1; k >= 0 && !same_finding(&r->findings[k], &r->findings[i]); k--)
			;
		if (k < 0)
			r->findings[n++] = r->findings[i];
		else if (!r->findings[i].ignored)
			r->findings[k].ignored = NULL;
		for (int u = 0; k >= 0 && u < r->findings[i].nunits; u++)
			add_unit_of(&r->findings[k], r->findings[i].units[u]);
	}
	r->nfindings = n;
}

void records_finish(struct records *r)
{
	const char **names = (const char **)zeroed(r->nunits, sizeof(*names));

	sort_units(r, names);
	for (int i = 0; i < r->nfindings; i++)
		r->findings[i].units[0] = records_unit(r, names[r->findings[i].units[0]]);
	if (r->nfindings)
		qsort(r->findings, (size_t)r->nfindings, sizeof(*r->findings), by_place);
	join_findings(r);
	free(names);
}

int records_unit(const struct records *r, const char *file)
{
	int low = 0, high = r->nunits - 1, middle, order;

	while (low <= high) {
		middle = (low + high) / 2;
		order = strcmp(file, r->units[middle].file);
		if (!order)
			return middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

static struct finding *find_same(const struct records *r, const struct finding *f)
{
	for (int i = 0; i < r->nfindings; i++)
		if (same_finding(&r->findings[i], f))
			return &r->findings[i];
	return NULL;
}

struct finding *records_same(const struct records *r, const struct finding *f)
{
	struct finding *same = find_same(r, f);

	return same && !same->ignored ? same : NULL;
}

bool records_ignore(const struct records *r, const struct finding *f)
{
	const struct finding *same = find_same(r, f);

	return same && same->ignored;
}

bool unit_unchecked(const struct unit *u)
{
	for (int i = 0; i < u->ntrouble; i++)
		if (!strncmp(u->trouble[i], "mncheck: internal:", 18))
			return true;
	return false;
}

/* "mncheck: given up: NAME: why", where NAME is a function, or a file for all of its functions */
bool unit_gave_up(const struct unit *u, const char *func)
{
	static const char start[] = "mncheck: given up: ";

	for (int i = 0; i < u->ntrouble; i++) {
		const char *name = u->trouble[i] + sizeof(start) - 1;
		size_t n = strncmp(u->trouble[i], start, sizeof(start) - 1) ? 0 :
			   strcspn(name, ":");

		if (n && ((strlen(func) == n && !strncmp(name, func, n)) ||
			  strcspn(name, "./") < n))
			return true;
	}
	return false;
}
