// SPDX-License-Identifier: GPL-2.0-only
/*
 * text_table.c - variables that hold functions, in the text form: read and written.
 *
 * A line for the variable, and one for each of its members that holds a function.
 */
#include <inttypes.h>

#include "text.h"

void text_read_table(struct reader *r)
{
	const char *name = text_get_name(r, "a variable");
	const char *type = text_get_name(r, "a structure");
	unsigned int flags = 0;
	struct mn_loc loc;

	if (text_eat_word(r, "const"))
		flags |= MN_TABLE_CONST;
	loc = text_get_place(r);
	if (r->failed)
		return;
	if (unit_table(r->unit, arena_intern(r->unit->arena, name)))
		text_fail(r, "table '%s' is defined twice; rename one", name);
	else
		r->table = mn_table_new(r->unit, name, type, loc, flags);
}

void text_read_member(struct reader *r)
{
	const char *member = text_get_name(r, "a member");
	int64_t bits = text_get_number(r, "offset in bits", 0, INT64_MAX);
	const char *func = text_get_name(r, "a function");
	struct mn_loc loc = text_get_place(r);

	if (!r->table)
		text_fail(r, "no table yet; write 'table NAME TYPE' before this");
	if (!r->failed)
		mn_table_member(r->table, member, bits, func, loc);
}

void text_write_table(const struct mn_table *table, FILE *to)
{
	int i;

	fputs("\ntable ", to);
	text_put_name(table->name, to);
	putc(' ', to);
	text_put_name(table->type, to);
	if (table->flags & MN_TABLE_CONST)
		fputs(" const", to);
	text_put_place(table->loc, to);
	putc('\n', to);
	for (i = 0; i < table->members.n; i++) {
		const struct table_member *member = &table->members.v[i];

		fputs("  member ", to);
		text_put_name(member->member, to);
		fprintf(to, " %" PRId64 " ", member->bits);
		text_put_name(member->func, to);
		text_put_place(member->loc, to);
		putc('\n', to);
	}
}
