// SPDX-License-Identifier: GPL-2.0-only
/*
 * reach_want.c - which bodies reach.c will read: those that a callback can reach.
 *
 * Decided before any body is built, so by names only: too many are wanted rather than too few.
 * A unit with no variable in which a member is retired wants none, unless all are asked for.
 */
#include "plan.h"

static bool member_is(const struct mn_table *table, const struct table_member *m,
		      unsigned int what)
{
	return contract_member(table->unit->contract, table->type, m->member,
			       table->unit->kernels) & what;
}

bool member_retired(const struct mn_table *table, const struct table_member *m)
{
	return member_is(table, m, MEMBER_RETIRED);
}

bool member_invalidates(const struct mn_table *table, const struct table_member *m)
{
	return member_is(table, m, MEMBER_INVALIDATES);
}

struct want {
	struct mn_unit *unit;
	struct mn_func **v;		/* still to be looked at */
	int n, room;
};

static void want_func(struct want *w, const char *name)
{
	struct mn_func *func = unit_func(w->unit, name);

	if (!func || func->reached ||
	    contract_query(w->unit->contract, name, w->unit->kernels))
		return;
	func->reached = true;
	*vec_push(w->unit->arena, w) = func;
}

/* functions that are an argument of a call of @callee */
static void want_arguments(struct want *w, const char *callee)
{
	int i, k;

	for (i = 0; i < w->unit->funcs.n; i++) {
		const struct mn_func *func = w->unit->funcs.v[i];

		for (k = 0; k < func->stored.n; k++)
			if (func->stored.v[k].type == callee)
				want_func(w, func->name);
	}
}

static void want_table(struct want *w, const struct mn_table *table)
{
	int i;

	for (i = 0; i < table->members.n; i++)
		want_func(w, table->members.v[i].func);
}

static bool has_retired(const struct mn_table *table)
{
	int i;

	for (i = 0; i < table->members.n; i++)
		if (member_retired(table, &table->members.v[i]))
			return true;
	return false;
}

void reach_want(struct mn_unit *unit)
{
	struct want w = { unit, NULL, 0, 0 };
	int i;

	for (i = 0; unit->options.reach && i < unit->funcs.n; i++)
		want_func(&w, unit->funcs.v[i]->name);
	for (i = 0; i < unit->tables.n; i++)
		if (has_retired(unit->tables.v[i]))
			want_table(&w, unit->tables.v[i]);
	/* which function gets a const variable is not known yet */
	for (i = 0; w.n && i < unit->tables.n; i++)
		if (unit->tables.v[i]->flags & MN_TABLE_CONST)
			want_table(&w, unit->tables.v[i]);
	while (w.n) {
		const struct mn_func *func = w.v[--w.n];

		for (i = 0; i < func->calls.n; i++) {
			want_func(&w, func->calls.v[i]);
			want_arguments(&w, func->calls.v[i]);
		}
	}
}
