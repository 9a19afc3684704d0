// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_lost.c - callbacks that later kernels do not have: work that only they do.
 *
 * Which callbacks have to take that work over is the contract's; reach.c says what a callback
 * does.
 */
#include "judging.h"

static int way_length(const struct way *way)
{
	int n = 0;

	for (; way->before; way = way->before)
		n++;
	return n;
}

/* the setting of the member, and the calls from there; the last ones if they are too many */
static void add_events(struct engine *eng, struct judged *j,
		       const struct table_member *m, const struct way *way)
{
	struct mn_event *events = arena_new_array(eng->arena, struct mn_event,
						  MN_EVENTS_MAX);
	int length = way_length(way), depth = length, i;

	while (length > MN_EVENTS_MAX - 1)
		length--;
	j->events = events;
	j->nevents = length + 1;
	events[0].loc = m->loc;
	events[0].func = "";
	events[0].kind = "SET";
	events[0].text = words_text(eng->arena, WORDS_STEP_SET, m->member, m->func);
	for (i = length; i > 0; i--, way = way->before) {
		events[i].loc = way->loc;
		events[i].func = way->before->func->name;
		events[i].depth = depth--;
		events[i].kind = "CALL";
		events[i].text = words_text(eng->arena, WORDS_STEP_CALL,
					    way->func->name, NULL);
	}
}

static void judge_deed(struct engine *eng, const struct table_member *m,
		       const struct deed *deed)
{
	enum message lost = deed_lost(deed);
	const struct excuse *x = contract_excuse(eng->contract, deed->name,
						 MN_RULE_CALLBACK_LOST, lost,
						 eng->unit->kernels);
	const struct way *way = deed->way;
	struct mn_loc loc = deed->loc;
	struct judged *j;

	if (x) {
		finding_excused(eng, deed->name, MN_RULE_CALLBACK_LOST, x);
		return;
	}
	for (; way->before && is_header(way->func->loc.file); way = way->before)
		loc = way->loc;
	j = finding_note(eng, way->func->name, loc, lost, deed->name, m->member);
	if (j && !j->nevents)
		add_events(eng, j, m, deed->way);
}

static void judge_lost(struct engine *eng, struct reach *reach,
		       const struct mn_table *table, const struct table_member *m)
{
	struct deeds kept = { NULL, 0, 0 }, lost = { NULL, 0, 0 };
	const struct mn_func *func = unit_func(eng->unit, m->func), *other;
	bool any = false;
	int i;

	for (i = 0; func && i < table->members.n; i++) {
		if (!member_invalidates(table, &table->members.v[i]))
			continue;
		any = true;
		other = unit_func(eng->unit, table->members.v[i].func);
		if (other)
			reach_from(reach, other, &kept);
	}
	if (!any)
		return;		/* ops-invalidate-page has said that none is left */
	reach_from(reach, func, &lost);
	for (i = 0; i < lost.n; i++)
		if (!deeds_have(&kept, &lost.v[i]))
			judge_deed(eng, m, &lost.v[i]);
}

static void at_tables(struct engine *eng)
{
	struct reach *reach = NULL;

	for (int i = 0; i < eng->unit->tables.n; i++) {
		const struct mn_table *table = eng->unit->tables.v[i];

		for (int k = 0; k < table->members.n; k++) {
			if (!member_retired(table, &table->members.v[k]))
				continue;
			if (!reach)
				reach = reach_new(eng->unit);
			judge_lost(eng, reach, table, &table->members.v[k]);
		}
	}
}

const struct rule rule_CALLBACK_LOST = { 0, 0, NULL, NULL, NULL, at_tables };
