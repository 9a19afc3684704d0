// SPDX-License-Identifier: GPL-2.0-only
/*
 * ways.c - variables that hold functions, as the engine gets them.
 *
 * An adapter finds a function in an initialiser, or in an assignment to a member, and
 * the way that leads there from the variable. This file says which tables that makes:
 * a variable whose calls can be followed is one, and so is each structure of callbacks,
 * the outermost one if they lie in each other. What a table means is the contract's.
 */
#include "program.h"
#include "lower.h"

const struct mn_part *mn_last_member(const struct mn_part *parts, int n)
{
	while (n > 0 && (!parts[n - 1].member || !*parts[n - 1].member))
		n--;
	return n > 0 ? &parts[n - 1] : NULL;
}

mn_val mn_put_way(struct mn_builder *b, const struct mn_run *run, mn_val at,
		  const struct mn_part *parts, int n, int64_t bits)
{
	const char *cell;
	int i;

	if (n > 0)
		bits = 0;
	for (i = 0; i < n; i++) {
		bits += parts[i].bits;
		cell = mn_run_cell(run, parts[i].tag, parts[i].member);
		if (!cell && parts[i].tag && mn_run_is_lock(run, parts[i].type))
			cell = mn_run_text(run, "%s.%s", parts[i].tag, parts[i].member);
		if (!cell)
			continue;
		at = mn_put_part(b, MN_NONE, at, bits, cell);
		bits = 0;
	}
	return mn_put_part(b, MN_NONE, at, bits, NULL);
}

static bool calls_back(const struct mn_run *run, const struct mn_part *part)
{
	return part->tag && mn_contract_calls_back(run->contract, part->tag);
}

static int64_t bits_of(const struct mn_part *parts, int n)
{
	int64_t bits = 0;
	int i;

	for (i = 0; i < n; i++)
		bits += parts[i].bits;
	return bits;
}

/* @name with ".member" and "[index]" for each of @n parts behind it */
static const char *way_name(struct mn_unit *unit, const char *name,
			    const struct mn_part *parts, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (!parts[i].member)
			name = arena_printf(unit->arena, "%s[%lld]", name,
					    (long long)parts[i].index);
		else if (*parts[i].member)
			name = arena_printf(unit->arena, "%s.%s", name, parts[i].member);
	}
	return name;
}

/* the table starts behind the first @from parts, at a structure @tag */
static void tell(struct mn_run *run, const struct mn_setter *set, const char *name,
		 const char *tag, int from, unsigned int flags)
{
	const struct mn_part *last = mn_last_member(set->parts, set->nparts);

	mn_table_member(mn_table_new(run->unit, name, tag, set->whole, flags), last->member,
			bits_of(set->parts + from, set->nparts - from), set->func, set->at);
}

/* is it known where the function lies? */
static bool has_place(const struct mn_setter *set)
{
	int i;

	for (i = 0; i < set->nparts && set->parts[i].bits >= 0; i++)
		;
	return i == set->nparts;
}

/* the structure of callbacks around the function: how many parts lead there, or -1 */
static int find_callbacks(const struct mn_run *run, const struct mn_setter *set)
{
	int i;

	for (i = 0; i < set->nparts; i++)
		if (calls_back(run, &set->parts[i]))
			return i;
	return -1;
}

static const char *first_tag(const struct mn_setter *set)
{
	int i;

	for (i = 0; i < set->nparts; i++)
		if (set->parts[i].tag)
			return set->parts[i].tag;
	return NULL;
}

/* a name for what has none, or is reached by a pointer: its type has to do */
static void tell_part(struct mn_run *run, const struct mn_setter *set, int from)
{
	const char *tag = set->parts[from].tag;

	tell(run, set, set->variable ? way_name(run->unit, set->variable, set->parts, from) :
	     tag, tag, from, 0);
}

void mn_run_setter(struct mn_run *run, const struct mn_setter *set)
{
	int from = find_callbacks(run, set);
	const char *tag = first_tag(set);
	bool whole = from == 0 && set->variable && !set->assigned;

	if (!tag || !mn_last_member(set->parts, set->nparts) || !has_place(set))
		return;
	if (whole || (set->followed && set->variable &&
		      !mn_contract_calls_back(run->contract, tag)))
		tell(run, set, set->variable, tag, 0, set->followed ? MN_TABLE_CONST : 0);
	if (from >= 0 && !whole)
		tell_part(run, set, from);
}
