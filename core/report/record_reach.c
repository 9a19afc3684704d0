// SPDX-License-Identifier: GPL-2.0-only
/*
 * record_reach.c - what the callbacks of a unit do, for a record.
 *
 * Each variable that holds callbacks, with what each of them does; and, where the
 * option reach asks for it, what each function does that other units may call, so
 * that a script can go on from unit to unit.
 */
#include "report.h"

static void put_deed(const struct deed *deed, FILE *to)
{
	static const char *const words[] = { "call", "hook", "store" };
	const struct way *way = deed->way;
	struct mn_loc loc = deed->loc;

	for (; way->before && is_header(way->func->loc.file); way = way->before)
		loc = way->loc;
	putc('[', to);
	record_string(words[deed->kind], to);
	putc(',', to);
	record_string(deed->name, to);
	putc(',', to);
	record_string(loc.file, to);
	fprintf(to, ",%d]", loc.line);
}

static void put_deeds(struct reach *reach, const struct mn_func *func, FILE *to)
{
	struct deeds deeds = { NULL, 0, 0 };
	int i, n = 0;

	putc('[', to);
	if (func)
		reach_from(reach, func, &deeds);
	for (i = 0; i < deeds.n; i++) {
		/* what is no loss is no news */
		if (contract_excuse(func->unit->contract, deeds.v[i].name,
				    MN_RULE_CALLBACK_LOST,
				    deed_lost(&deeds.v[i]), func->unit->kernels))
			continue;
		if (n++)
			putc(',', to);
		put_deed(&deeds.v[i], to);
	}
	putc(']', to);
}

static void put_member(struct reach *reach, const struct mn_unit *unit,
		       const struct table_member *m, FILE *to)
{
	fputs("{\"member\":", to);
	record_string(m->member, to);
	fputs(",\"func\":", to);
	record_string(m->func, to);
	fputs(",\"does\":", to);
	put_deeds(reach, unit_func(unit, m->func), to);
	putc('}', to);
}

static void put_table(struct reach *reach, const struct mn_table *table, FILE *to)
{
	int i;

	fputs("{\"name\":", to);
	record_string(table->name, to);
	fputs(",\"type\":", to);
	record_string(table->type, to);
	fputs(",\"members\":[", to);
	for (i = 0; i < table->members.n; i++) {
		if (i)
			putc(',', to);
		put_member(reach, table->unit, &table->members.v[i], to);
	}
	fputs("]}", to);
}

static void put_functions(struct reach *reach, const struct mn_unit *unit, FILE *to)
{
	const struct mn_func *func;
	int i, n = 0;

	fputs(",\"reach\":{", to);
	for (i = 0; i < unit->funcs.n; i++) {
		func = unit->funcs.v[i];
		if (!(func->flags & MN_FUNC_EXTERNAL) || is_header(func->loc.file))
			continue;
		if (n++)
			putc(',', to);
		record_string(func->name, to);
		putc(':', to);
		put_deeds(reach, func, to);
	}
	putc('}', to);
}

void record_reach(const struct mn_unit *unit, FILE *to)
{
	struct reach *reach = reach_new(unit);
	int i, n = 0;

	fputs(",\"tables\":[", to);
	/* a program that is not well formed was not looked at */
	for (i = 0; unit->engine && i < unit->tables.n; i++) {
		if (!mn_contract_calls_back(unit->contract, unit->tables.v[i]->type))
			continue;
		if (n++)
			putc(',', to);
		put_table(reach, unit->tables.v[i], to);
	}
	putc(']', to);
	if (unit->engine && unit->options.reach)
		put_functions(reach, unit, to);
}
