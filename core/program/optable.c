// SPDX-License-Identifier: GPL-2.0-only
/*
 * optable.c - callback tables: variables that hold functions, as an adapter reports them.
 *
 * A callback is called from other files, and a call through a
 * variable that is never written after its initialiser is a call of the function
 * that it holds. Which types matter, and what their members mean, is the contract's.
 */
#include "program.h"

struct mn_table *unit_table(const struct mn_unit *unit, const char *name)
{
	uint32_t hash = text_hash(name), at = hash, n;

	while ((n = table_next(&unit->tables_by_name, hash, &at)) != 0)
		if (unit->tables.v[n - 1]->name == name)
			return unit->tables.v[n - 1];
	return NULL;
}

struct mn_table *mn_table_new(struct mn_unit *unit, const char *name,
			      const char *type, struct mn_loc loc,
			      unsigned int flags)
{
	struct mn_arena *arena = unit->arena;
	struct mn_table *table;

	name = arena_intern(arena, name);
	loc.file = arena_intern(arena, loc.file);
	table = unit_table(unit, name);
	if (table) {
		table->flags &= flags;
		/* two variables of one function can have the same name: calls are not followed there */
		if (!same_place(&table->loc, &loc))
			table->flags &= ~MN_TABLE_CONST;
		return table;
	}
	table = arena_new_array(arena, struct mn_table, 1);
	table->unit = unit;
	table->name = name;
	table->type = arena_intern(arena, type);
	table->loc = loc;
	table->flags = flags;
	*vec_push(arena, &unit->tables) = table;
	table_add(arena, &unit->tables_by_name, text_hash(name), (uint32_t)unit->tables.n);
	return table;
}

void mn_table_member(struct mn_table *table, const char *member, int64_t bits,
		     const char *func, struct mn_loc loc)
{
	struct mn_arena *arena = table->unit->arena;
	struct table_member *new_one;
	int i;

	func = arena_intern(arena, func);
	for (i = 0; i < table->members.n; i++)
		if (table->members.v[i].bits == bits &&
		    table->members.v[i].func == func)
			return;
	new_one = vec_push(arena, &table->members);
	new_one->member = arena_intern(arena, member);
	new_one->bits = bits;
	new_one->func = func;
	new_one->loc = loc;
	new_one->loc.file = arena_intern(arena, loc.file);
}

const char *table_func(const struct mn_unit *unit, const char *global, int64_t bits)
{
	const struct mn_table *table = unit_table(unit, global);
	int i;

	if (!table || !(table->flags & MN_TABLE_CONST))
		return NULL;
	for (i = 0; i < table->members.n; i++)
		if (table->members.v[i].bits == bits)
			return table->members.v[i].func;
	return NULL;
}
