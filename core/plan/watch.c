// SPDX-License-Identifier: GPL-2.0-only
/*
 * watch.c - what callbacks reach that is judged for their sake, and who holds what they take?
 */
#include <string.h>

#include "graph.h"

static bool rule_is_asked(const struct mn_unit *unit, enum mn_rule rule)
{
	return unit->options.rules >> rule & 1;
}

/* ------------------------------------------------------------------ */
/* callbacks that mind sleep                                           */

/* true for a callback that minds sleep; its own returns may be judged as well */
static bool minds_sleep(struct graph *g, const struct mn_func *func)
{
	const struct mn_unit *unit = g->unit;
	const struct callback *cb;
	bool minds = false;
	int i;

	for (i = 0; i < func->stored.n; i++) {
		cb = stored_callback(unit, func, i);
		minds |= callback_has_duties(cb);
		g->sleeps[func->index] |= cb && (cb->fails || cb->sequence || cb->end.kind != OBJECT_NONE);
	}
	return minds;
}

/*
 * A function that is an argument of a call is called by the one that is given it, as
 * far as this unit shows. True: something was marked.
 */
static bool follow_argument(struct graph *g, const struct mn_func *func, bool *under)
{
	bool marked = false;
	int i;

	for (i = 0; i < func->stored.n; i++) {
		const struct mn_func *to = unit_func(g->unit, func->stored.v[i].type);

		if (!to)
			continue;
		marked |= under[to->index] && !under[func->index];
		marked |= g->sleeps[func->index] && !g->sleeps[to->index];
		under[func->index] |= under[to->index];
		g->sleeps[to->index] |= g->sleeps[func->index];
	}
	return marked;
}

/* told the range that it is called for */
static bool is_bounded(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(unit, func, i);

		if (cb && cb->end.kind != OBJECT_NONE)
			return true;
	}
	return false;
}

const struct lockcell *unit_count(const struct mn_unit *unit, bool sequence)
{
	const struct lockcell *cell;

	for (int i = 0; (cell = contract_lock_at(unit->contract, i)); i++)
		if ((sequence ? cell->sequence : cell->count) && unit_offset(unit, cell->type, cell->member) >= 0)
			return cell;
	return NULL;
}

/* calls between such a callback and a helper that it passes its range on to, or that counts for it */
#define HELPERS_DEPTH 2

static void watch_callees(struct graph *g, int f, int *depth)
{
	for (int e = g->first[f]; e < g->first[f + 1]; e++) {
		struct mn_func *to = g->unit->funcs.v[g->callee.v[e].to];

		if (depth[to->index] || !to->nparams || is_header(to->loc.file))
			continue;
		depth[to->index] = depth[f] - 1;
		to->watched = g->reaches[to->index] = true;
	}
}

/* a callback that counts the regions that are open, where its object has a count */
static bool is_counting(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(unit, func, i);

		if (cb && cb->counts)
			return true;
	}
	return false;
}

/* it is found in a structure; one that is an argument has its number instead of a member */
static bool is_member_only(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++)
		if (stored_callback(unit, func, i) || strchr("0123456789", func->stored.v[i].member[0]))
			return false;
	return func->stored.n > 0;
}

/* a small function of its file may count for a callback, which has its address in a structure */
static void watch_stored(struct graph *g, const char *file)
{
	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		if (func->loc.file == file && func->nparams && func->size <= NEUTRAL_BLOCKS &&
		    is_member_only(g->unit, func))
			func->watched = g->reaches[f] = true;
	}
}

static void mark_counting(struct graph *g)
{
	for (int f = 0; rule_is_asked(g->unit, MN_RULE_SEQUENCE_UNSET) && f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		func->counts = is_counting(g->unit, func);
		if (func->counts)
			watch_stored(g, func->loc.file);
	}
}

/* functions of its file that it may pass its range to, or that may count for it, are judged, too */
static void watch_helpers(struct graph *g, struct mn_arena *arena)
{
	int *depth = arena_new_array(arena, int, g->n);

	mark_counting(g);
	for (int f = 0; f < g->n; f++) {
		const struct mn_func *func = g->unit->funcs.v[f];

		depth[f] = is_bounded(g->unit, func) || func->counts ? HELPERS_DEPTH + 1 : 0;
	}
	for (int left = HELPERS_DEPTH + 1; left > 1; left--)
		for (int f = 0; f < g->n; f++)
			if (depth[f] == left)
				watch_callees(g, f, depth);
}

/* is called to take pages from its device */
static bool is_told(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(unit, func, i);

		if (cb && (cb->invalidates || cb->sequence))
			return true;
	}
	return false;
}

/* .. and leaves that to work, which is queued on the way from such a callback to there: only that way is judged */
static void watch_queues(struct graph *g, struct mn_arena *arena)
{
	struct mn_func **funcs = g->unit->funcs.v;
	bool *under = arena_new_array(arena, bool, g->n);

	if (!rule_is_asked(g->unit, MN_RULE_CALLBACK_INCOMPLETE))
		return;
	spread_up(g, g->queues);
	for (int f = 0; f < g->n; f++)
		under[f] = g->queues[f] && is_told(g->unit, funcs[f]);
	spread_to_callees(g, under, g->queues, NULL);
	for (int f = 0; f < g->n; f++) {
		funcs[f]->queues = under[f];
		funcs[f]->watched |= under[f];
		g->reaches[f] |= under[f];
	}
}

/* what such callbacks reach that may sleep is judged: nothing where there are none */
void watch_callbacks(struct graph *g, struct mn_arena *arena)
{
	struct mn_func **funcs = g->unit->funcs.v;
	bool *under = arena_new_array(arena, bool, g->n);
	bool any = false, again;
	int f;

	for (f = 0; f < g->n; f++)
		any |= under[f] = funcs[f]->stored.n && minds_sleep(g, funcs[f]);
	if (!any)
		return;
	do {
		spread_to_callees(g, under, NULL, NULL);
		spread_up(g, g->sleeps);
		for (f = 0, again = false; f < g->n; f++)
			again |= follow_argument(g, funcs[f], under);
	} while (again);
	for (f = 0; f < g->n; f++) {
		funcs[f]->watched = under[f] && g->sleeps[f];
		g->reaches[f] |= funcs[f]->watched;
	}
	watch_queues(g, arena);
	watch_helpers(g, arena);
}

/* ------------------------------------------------------------------ */
/* who holds what callbacks take                                       */

/* somebody waits for @func, a callback */
static bool is_awaited(const struct graph *g, const struct mn_func *func)
{
	for (int i = 0; func->watched && i < func->stored.n; i++) {
		const struct callback *cb = stored_callback(g->unit, func, i);

		if (cb && cb->awaited)
			return true;
	}
	return false;
}

/*
 * What may wait for callbacks is judged where a lock is held that one of them takes: below what does
 * both. In a unit without such a callback nothing is.
 */
void watch_holders(struct graph *g, struct mn_arena *arena)
{
	struct mn_unit *unit = g->unit;
	const bool *holds = g->holds, *stalls = g->stalls;
	bool *below, *among;

	if (!is_driver(unit))
		return;
	if (!rule_is_asked(unit, MN_RULE_RECLAIM_LOCKED) && !rule_is_asked(unit, MN_RULE_REMOVAL_DEADLOCK) &&
	    !rule_is_asked(unit, MN_RULE_RETRY_UNLOCKED))
		return;
	/* in a linked program everything comes to a lock and to an allocation: what is near counts */
	if (unit->linked) {
		holds = spread_within(g, arena, g->holds);
		stalls = spread_within(g, arena, g->stalls);
	}
	spread(g, arena, g->holds);
	for (int f = 0; f < g->n; f++) {
		bool awaited = is_awaited(g, unit->funcs.v[f]);

		unit->awaits |= awaited;
		unit->funcs.v[f]->awaited = awaited && g->holds[f];
		unit->holds |= unit->funcs.v[f]->awaited;
	}
	if (!unit->holds)
		return;
	if (!unit->linked)
		spread(g, arena, g->stalls);
	below = arena_new_array(arena, bool, g->n);
	among = arena_new_array(arena, bool, g->n);
	for (int f = 0; f < g->n; f++) {
		below[f] = holds[f] && stalls[f];
		among[f] = holds[f] || stalls[f];
	}
	spread_to_callees(g, below, among, NULL);
	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = unit->funcs.v[f];

		func->holder = below[f] && !g->reaches[f] && !func->inside && !func->copies;
		g->reaches[f] |= below[f];
		g->anywhere[f] |= below[f];
		g->touches[f] |= below[f];
	}
}

/* a helper that takes or drops a lock is looked into between the read of a sequence and its retry */
void watch_lockers(struct graph *g, struct mn_arena *arena)
{
	const bool *acquires, *releases, *retries;
	bool *among, *below, any = false;

	for (int f = 0; f < g->n; f++)
		any |= g->retries[f];
	if (!any || !rule_is_asked(g->unit, MN_RULE_RETRY_UNLOCKED))
		return;
	acquires = spread_within(g, arena, g->acquires);
	releases = spread_within(g, arena, g->releases);
	retries = spread_within(g, arena, g->retries);
	among = arena_new_array(arena, bool, g->n);
	below = arena_new_array(arena, bool, g->n);
	for (int f = 0; f < g->n; f++) {
		among[f] = acquires[f] || releases[f];
		below[f] = among[f] && retries[f];
	}
	spread_to_callees(g, below, among, NULL);
	for (int f = 0; f < g->n; f++)
		g->unit->funcs.v[f]->locks = below[f];
}
