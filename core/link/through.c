// SPDX-License-Identifier: GPL-2.0-only
/*
 * through.c - what is called through a pointer: the functions that are stored in the member that it was loaded from.
 *
 * The types of a program say it (Lu, Hu, "Where does it go?", CCS 2019): of structures with members of
 * that name those of that type. A member that many functions are stored in, as an operation of a file, is
 * many drivers', and says nothing of one: only those with few are followed, and only in the program of a
 * driver. The members of callbacks have entries of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "linking.h"

/* of functions in one member, each of which is followed */
#define THROUGH_MOST	4

struct member_of {
	const char *name;
	lines_t funcs;			/* their names: some do nothing that matters, and are not here */
};

struct through {
	struct mn_unit *whole;
	MN_VEC(struct member_of) members;
};

static int by_name(const void *x, const void *y)
{
	return strcmp(((const struct member_of *)x)->name, ((const struct member_of *)y)->name);
}

/* in the same order, by a name and by the parts of one */
static int by_text(const void *key, const void *y)
{
	return strcmp((const char *)key, ((const struct member_of *)y)->name);
}

static int by_place(const void *key, const void *y)
{
	const struct stored_in *in = (const struct stored_in *)key;
	const char *name = ((const struct member_of *)y)->name;
	size_t n = strlen(in->type);
	int order = strncmp(in->type, name, n);

	if (!order)
		order = '.' - (unsigned char)name[n];
	return order ? order : strcmp(in->member, name + n + 1);
}

static struct member_of *find(const struct through *t, const void *key,
			      int (*compare)(const void *, const void *))
{
	return t->members.n ? (struct member_of *)bsearch(key, t->members.v, (size_t)t->members.n,
							   sizeof(*t->members.v), compare) : NULL;
}

static void add_members(struct through *t)
{
	int n = 0;

	for (int i = 0; i < t->whole->funcs.n; i++)
		for (int k = 0; k < t->whole->funcs.v[i]->through.n; k++)
			vec_push(t->whole->arena, &t->members)->name = t->whole->funcs.v[i]->through.v[k];
	if (!t->members.n)
		return;
	qsort(t->members.v, (size_t)t->members.n, sizeof(*t->members.v), by_name);
	for (int i = 0; i < t->members.n; i++)
		if (!n || t->members.v[n - 1].name != t->members.v[i].name)
			t->members.v[n++] = t->members.v[i];
	t->members.n = n;
}

static void add_func(struct through *t, const struct stored_in *in, const char *func)
{
	struct member_of *m = find(t, in, by_place);

	if (!m || mn_contract_calls_back(t->whole->contract, in->type))
		return;
	for (int i = 0; i < m->funcs.n; i++)
		if (!strcmp(m->funcs.v[i], func))
			return;
	*vec_push(t->whole->arena, &m->funcs) = func;
}

static void add_funcs(struct through *t)
{
	for (int i = 0; i < t->whole->funcs.n; i++)
		for (int k = 0; k < t->whole->funcs.v[i]->stored.n; k++)
			add_func(t, &t->whole->funcs.v[i]->stored.v[k], t->whole->funcs.v[i]->name);
	for (int i = 0; i < t->whole->tables.n; i++) {
		const struct mn_table *table = t->whole->tables.v[i];

		for (int k = 0; k < table->members.n; k++) {
			struct stored_in in = { table->type, table->members.v[k].member };

			add_func(t, &in, table->members.v[k].func);
		}
	}
}

void link_through(struct mn_unit *whole)
{
	struct through t = { whole, { NULL, 0, 0 } };

	add_members(&t);
	add_funcs(&t);
	for (int i = 0; i < whole->funcs.n; i++) {
		struct mn_func *func = whole->funcs.v[i];

		for (int k = 0; k < func->through.n; k++) {
			const struct member_of *m = find(&t, func->through.v[k], by_text);

			for (int n = 0; m->funcs.n <= THROUGH_MOST && n < m->funcs.n; n++)
				mn_func_calls(func, m->funcs.v[n]);
		}
	}
}
