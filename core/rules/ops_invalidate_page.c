// SPDX-License-Identifier: GPL-2.0-only
/*
 * ops_invalidate_page.c - callback tables that set a member which later kernels do not have.
 *
 * Which members those are, and which others are called for each change, is the contract's.
 */
#include <stdlib.h>
#include <string.h>

#include "judging.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "a', 'b": the members of @table that are called for each change; *n of them */
static const char *remaining(struct engine *eng, const struct mn_table *table, int *n)
{
	const char **names = arena_new_array(eng->arena, const char *,
					     table->members.n);
	const char *text = NULL;
	int i;

	*n = 0;
	for (i = 0; i < table->members.n; i++)
		if (member_invalidates(table, &table->members.v[i]))
			names[(*n)++] = table->members.v[i].member;
	if (*n)
		qsort(names, (size_t)*n, sizeof(*names), by_name);
	for (i = 0; i < *n; i++)
		if (!i)
			text = names[i];
		else if (strcmp(names[i], names[i - 1]))
			text = arena_printf(eng->arena, "%s', '%s", text, names[i]);
	return text;
}

static void judge_ops(struct engine *eng, const struct mn_table *table,
		      const struct table_member *m)
{
	int n;
	const char *rest = remaining(eng, table, &n);
	const char *sets = words_text(eng->arena, WORDS_OPS_SETS, table->name,
				      m->member);

	if (n)
		rest = words_text(eng->arena, strchr(rest, '\'') ? WORDS_OPS_REMAIN :
				  WORDS_OPS_REMAINS, rest, NULL);
	finding_note(eng, table->name, m->loc, n ? MESSAGE_OPS_BESIDE : MESSAGE_OPS_ALONE,
		     sets, rest);
}

static void at_tables(struct engine *eng)
{
	for (int i = 0; i < eng->unit->tables.n; i++) {
		const struct mn_table *table = eng->unit->tables.v[i];

		for (int k = 0; k < table->members.n; k++)
			if (member_retired(table, &table->members.v[k]))
				judge_ops(eng, table, &table->members.v[k]);
	}
}

const struct rule rule_OPS_INVALIDATE_PAGE = { 0, 0, NULL, NULL, NULL, at_tables };
