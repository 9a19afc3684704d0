// SPDX-License-Identifier: GPL-2.0-only
/*
 * collect.c - which locks the callbacks of the unit take, and what they count, before anything is judged.
 *
 * Each callback that somebody waits for is simulated by itself, in an engine of its own in which no rule
 * speaks; what it locks is rules/held.c's. A unit with no such callback, or none that
 * locks anything, pays nothing. Of one that has, the plan knew by names alone which functions may hold a
 * lock while they wait; here the locks are known, and those that cannot come to one are left out.
 */
#include <string.h>

#include "engine.h"

/* of the members that @func is stored in, one that is waited for; by who reclaims memory, if there is one */
static const struct callback *awaited(const struct mn_unit *unit, const struct mn_func *func)
{
	const struct callback *found = NULL;

	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(unit, func, i);

		if (cb && cb->awaited && (!found || cb->reclaims))
			found = cb;
	}
	return found;
}

/* the unit has no contexts of that run afterwards, and says nothing of it but what could not be looked at */
static void simulate_callback(struct mn_unit *unit, struct mn_func *func, struct callback_locks *locks,
			      lines_t *lacking)
{
	struct engine *eng = (struct engine *)arena_alloc(unit->arena, sizeof(*eng));
	struct unit_said said = unit_said(unit);
	struct mn_options options = unit->options;

	options.rules = 0;
	options.trace = options.context = NULL;
	engine_init(eng, unit, options);
	eng->collects = locks;
	simulate_roots(eng, func);
	for (int i = said.trouble; i < unit->trouble.n; i++)
		*vec_push(unit->arena, lacking) = unit->trouble.v[i];
	locks->unknown |= lacking->n > 0;
	locks->sequences |= locks->by->sequence != 0;
	unit_unsay(unit, &said);
}

static bool is_among(const struct callback_locks *locks, const char *name)
{
	for (int i = 0; locks && name && i < locks->n; i++)
		if (locks->v[i].lock == name)
			return true;
	return false;
}

/* does @func itself come by a lock that callbacks take? */
static bool names_lock(const struct mn_func *func, const struct callback_locks *locks)
{
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if ((insn->op == MN_ADDR || insn->op == MN_GLOBAL) && is_among(locks, insn->name))
				return true;
		}
	return false;
}

/* a call of @to by @from: true, if it marks one of them that was not */
static bool follow(bool *marked, const struct mn_func *from, const struct mn_func *to, bool down)
{
	if (!from || !to || marked[from->index] == marked[to->index] ||
	    !marked[down ? from->index : to->index])
		return false;
	return marked[from->index] = marked[to->index] = true;
}

/* true: @marked got more, of callers of what is marked, or if @down of what it calls, or is handed */
static bool spread(const struct mn_unit *unit, bool *marked, bool down)
{
	bool more = false;

	for (int f = 0; f < unit->funcs.n; f++) {
		const struct mn_func *func = unit->funcs.v[f];

		for (int i = 0; i < func->calls.n; i++)
			more |= follow(marked, func, unit_func(unit, func->calls.v[i]), down);
		for (int i = 0; i < func->stored.n; i++)
			more |= follow(marked, unit_func(unit, func->stored.v[i].type), func, down);
	}
	return more;
}

/* what comes to no lock that callbacks take, and is not called by what does, need not be judged for it */
static void leave_out(struct mn_unit *unit, const struct callback_locks *locks)
{
	bool *near = arena_new_array(unit->arena, bool, unit->funcs.n);

	for (int f = 0; f < unit->funcs.n; f++)
		near[f] = locks && func_ready(unit->funcs.v[f]) && names_lock(unit->funcs.v[f], locks);
	while (spread(unit, near, false))
		;
	while (spread(unit, near, true))
		;
	for (int f = 0; f < unit->funcs.n; f++)
		if (unit->funcs.v[f]->holder && !near[f])
			unit->funcs.v[f]->root = unit->funcs.v[f]->judged = false;
}

struct callback_locks *collect_locks(struct mn_unit *unit, lines_t *lacking)
{
	struct callback_locks *locks = NULL;

	for (int i = 0; unit->holds && i < unit->funcs.n; i++) {
		struct mn_func *func = unit->funcs.v[i];

		const struct callback *cb = func->awaited ? awaited(unit, func) : NULL;

		if (!cb || !func_ready(func))
			continue;
		if (!locks)
			locks = arena_new_array(unit->arena, struct callback_locks, 1);
		locks->by = cb;
		simulate_callback(unit, func, locks, lacking);
	}
	if (unit->holds)
		leave_out(unit, locks);
	return locks && locks->n ? locks : NULL;
}

/* an engine that judges nothing, for one callback; false: it could not be looked at as a whole */
static bool look_at(struct mn_unit *unit, struct mn_func *func, bool counting, struct callback_leaves *leaving)
{
	struct engine *eng = (struct engine *)arena_alloc(unit->arena, sizeof(*eng));
	struct unit_said said = unit_said(unit);
	struct mn_options options = unit->options;
	bool whole;

	options.rules = 0;
	options.trace = options.context = NULL;
	engine_init(eng, unit, options);
	eng->counting = counting;
	eng->leaving = leaving;
	simulate_roots(eng, func);
	whole = unit->trouble.n == said.trouble;
	unit_unsay(unit, &said);
	return whole;
}

void collect_counts(struct mn_unit *unit)
{
	for (int i = 0; unit_count(unit, false) && i < unit->funcs.n; i++)
		if (unit->funcs.v[i]->counts && func_ready(unit->funcs.v[i]) &&
		    !look_at(unit, unit->funcs.v[i], true, NULL))
			unit->funcs.v[i]->counted = 0;
}

/* what sets a sequence, and is called in the one way that @found is; NULL: it does not */
static const struct callback *sets_sequence(const struct mn_unit *unit, const struct mn_func *func)
{
	const struct callback *found = NULL;

	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(unit, func, i);

		if (cb && cb->sequence)
			found = cb;
	}
	return found;
}

struct callback_leaves *collect_leaves(struct mn_unit *unit)
{
	struct callback_leaves *leaves;
	const struct callback *by = NULL;
	struct mn_func *func = NULL;

	if (unit->linked || !(unit->options.rules >> MN_RULE_CALLBACK_INCOMPLETE & 1))
		return NULL;
	for (int i = 0; i < unit->funcs.n; i++) {
		const struct callback *cb = sets_sequence(unit, unit->funcs.v[i]);

		if (cb && (func || !func_ready(unit->funcs.v[i])))
			return NULL;
		if (cb)
			func = unit->funcs.v[i];
		by = cb ? cb : by;
	}
	if (!func || !unit_reads(unit))
		return NULL;
	leaves = arena_new_array(unit->arena, struct callback_leaves, 1);
	leaves->by = by;
	leaves->func = func->name;
	return look_at(unit, func, false, leaves) && leaves->n ? leaves : NULL;
}

/* does a line of the unit begin with the first @n characters of @line? */
static bool is_said(const struct mn_unit *unit, const char *line, size_t n)
{
	for (int i = 0; i < unit->trouble.n; i++)
		if (!strncmp(unit->trouble.v[i], line, n))
			return true;
	return false;
}

void collect_settle(struct mn_unit *unit, const lines_t *lacking)
{
	for (int i = 0; i < lacking->n; i++) {
		const char *line = lacking->v[i], *why = strrchr(line, ':');

		if (is_said(unit, line, strlen(line) + 1))
			continue;
		/* a function counts once, whatever its reasons */
		unit->stats.given_up += !is_said(unit, line, (size_t)(why - line));
		*vec_push(unit->arena, &unit->trouble) = line;
	}
}
