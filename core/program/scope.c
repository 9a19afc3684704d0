// SPDX-License-Identifier: GPL-2.0-only
/*
 * scope.c - what the names of one unit are in a program of several.
 *
 * Names of functions and of variables are one space in C, and so they are here. Few names of a
 * unit are called otherwise in the whole program: those are in the table.
 */
#include "program.h"

struct renamed {
	const char *name, *as;
};

struct scope {
	struct mn_arena *arena;
	struct table table;
	MN_VEC(struct renamed) names;	/* [0] is none: numbers in a table are never 0 */
};

struct scope *scope_new(struct mn_arena *arena)
{
	struct scope *scope = arena_new_array(arena, struct scope, 1);

	scope->arena = arena;
	vec_push(arena, &scope->names);
	return scope;
}

void scope_put(struct scope *scope, const char *name, const char *as)
{
	struct renamed *renamed = vec_push(scope->arena, &scope->names);

	renamed->name = arena_intern(scope->arena, name);
	renamed->as = arena_intern(scope->arena, as);
	table_add(scope->arena, &scope->table, text_hash(name), (uint32_t)scope->names.n - 1);
}

bool scope_is_empty(const struct scope *scope)
{
	return !scope->table.used;
}

const char *scope_get(const struct scope *scope, const char *name)
{
	uint32_t hash, at, n;

	if (!scope || !scope->table.used || !name)
		return name;
	at = hash = text_hash(name);
	while ((n = table_next(&scope->table, hash, &at)) != 0)
		if (!strcmp(scope->names.v[n].name, name))
			return scope->names.v[n].as;
	return name;
}
