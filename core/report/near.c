// SPDX-License-Identifier: GPL-2.0-only
/*
 * near.c - the functions of a unit whose names are most like one that it does not have.
 *
 * How far two names are apart is the number of letters to change, add or leave out
 * (Levenshtein). A name that has all of the other in it is near as well.
 */
#include <string.h>

#include "report.h"

#define NAME_MAX_LENGTH 128

static int least(int a, int b, int c)
{
	return a < b ? (a < c ? a : c) : (b < c ? b : c);
}

static int distance(const char *a, const char *b)
{
	int row[NAME_MAX_LENGTH + 1], n = (int)strlen(b);

	for (int k = 0; k <= n; k++)
		row[k] = k;
	for (int i = 0; a[i]; i++) {
		int diagonal = row[0];

		row[0] = i + 1;
		for (int k = 0; k < n; k++) {
			int above = row[k + 1];

			row[k + 1] = least(diagonal + (a[i] != b[k]), above + 1, row[k] + 1);
			diagonal = above;
		}
	}
	return row[n];
}

/* a number that is smaller where the names are more alike; -1: they are not alike */
static int unlikeness(const char *a, const char *b)
{
	int n = (int)strlen(a), far;

	if (n > NAME_MAX_LENGTH || strlen(b) > NAME_MAX_LENGTH)
		return -1;
	far = distance(a, b);
	/* a word of it, or every third letter at most */
	return strstr(a, b) || strstr(b, a) || 3 * far <= n ? far : -1;
}

int near_names(const struct mn_unit *unit, const char *name, const char **names, int n)
{
	int *far = arena_new_array(unit->arena, int, n + 1), found = 0;

	for (int i = 0; i < unit->funcs.n; i++) {
		const char *other = source_name(unit->arena, unit->funcs.v[i]->name);
		int how = unlikeness(name, other), at = found;

		if (how < 0)
			continue;
		/* the nearest first; of those that are as near, the first in the unit */
		for (; at > 0 && far[at - 1] > how; at--)
			if (at < n) {
				far[at] = far[at - 1];
				names[at] = names[at - 1];
			}
		if (at >= n)
			continue;
		far[at] = how;
		names[at] = other;
		found += found < n;
	}
	return found;
}
