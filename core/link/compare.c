// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - what the units alone had found, and what of it the whole refutes.
 *
 * A finding is one rule at one place. What a unit alone finds rests on nothing that it does not see; so
 * where the whole, which sees more, does not make it, it is withdrawn. Where the whole was
 * given up it refutes nothing.
 */
#include <stdlib.h>

#include "linking.h"

static bool is_same(const struct mn_finding *a, const struct mn_finding *b)
{
	return a->rule == b->rule && a->loc.line == b->loc.line && a->loc.col == b->loc.col &&
	       !strcmp(a->loc.file ? a->loc.file : "", b->loc.file ? b->loc.file : "");
}

bool mn_link_is_news(const struct mn_link *link, const struct mn_finding *finding)
{
	for (int i = 0; i < link->alone.n; i++)
		if (is_same(link->alone.v[i], finding))
			return false;
	return true;
}

static bool whole_makes(const struct mn_unit *whole, const struct mn_finding *finding)
{
	for (int i = 0; i < whole->findings.n; i++)
		if (is_same(&whole->findings.v[i], finding))
			return true;
	return false;
}

static bool is_given_up(const struct mn_unit *whole, const char *func)
{
	static const char front[] = "mncheck: given up: ";
	size_t n = strlen(func);

	for (int i = 0; i < whole->trouble.n; i++) {
		const char *line = whole->trouble.v[i];

		if (!strncmp(line, front, sizeof(front) - 1) &&
		    !strncmp(line + sizeof(front) - 1, func, n) && line[sizeof(front) - 1 + n] == ':')
			return true;
	}
	return false;
}

/* the whole did not look at all of its path */
static bool is_undecided(const struct mn_unit *whole, const struct mn_finding *finding)
{
	bool undecided = is_given_up(whole, finding->func);

	for (int i = 0; i < finding->nevents; i++)
		undecided |= is_given_up(whole, finding->events[i].func);
	return undecided;
}

static int by_place_of(const void *x, const void *y)
{
	return findings_by_place(*(const struct mn_finding *const *)x,
				 *(const struct mn_finding *const *)y);
}

/* of headers, many units have the same */
static void collect_alone(struct mn_link *link)
{
	const struct mn_unit *whole = link->whole;

	for (int i = 0; i < whole->alone.n; i++)
		if (whole->options.rules >> whole->alone.v[i].rule & 1 &&
		    mn_link_is_news(link, &whole->alone.v[i]))
			*vec_push(link->arena, &link->alone) = &whole->alone.v[i];
	if (link->alone.n)
		qsort(link->alone.v, (size_t)link->alone.n, sizeof(*link->alone.v), by_place_of);
}

void mn_link_compare(struct mn_link *link)
{
	struct mn_unit *whole = link->whole;

	collect_alone(link);
	for (int i = 0; i < link->alone.n; i++) {
		const struct mn_finding *alone = link->alone.v[i];

		if (whole_makes(whole, alone))
			continue;
		if (is_undecided(whole, alone))
			*vec_push(whole->arena, &whole->findings) = *alone;
		else
			*vec_push(link->arena, &link->withdrawn) = alone;
	}
	if (whole->findings.n)
		qsort(whole->findings.v, (size_t)whole->findings.n, sizeof(*whole->findings.v),
		      findings_by_place);
}

void mn_link_count(const struct mn_link *link, struct mn_linked *linked)
{
	const struct mn_unit *whole = link->whole;

	memset(linked, 0, sizeof(*linked));
	linked->units = (unsigned int)link->members.n;
	linked->parts = (unsigned int)link->parts.n;
	linked->services = whole->stats.services;
	linked->judged = (unsigned int)link->judged;
	linked->bodies = link->bodies;
	linked->withdrawn = (unsigned int)link->withdrawn.n;
	for (int i = 0; i < whole->findings.n; i++) {
		const struct mn_finding *f = &whole->findings.v[i];

		linked->hidden += f->hidden != NULL;
		linked->found += !f->hidden;
		linked->news += !f->hidden && mn_link_is_news(link, f);
	}
}

const struct mn_finding *mn_link_withdrawn(const struct mn_link *link, size_t i)
{
	return i < (size_t)link->withdrawn.n ? link->withdrawn.v[i] : NULL;
}
