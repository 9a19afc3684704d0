// SPDX-License-Identifier: GPL-2.0-only
/*
 * behind.c - what comes to the start of a region behind a walk.
 *
 * What calls a walk does not matter for that alone to its callers: in a whole kernel everything that
 * allocates memory comes to all that walks call. But who may not sleep must not come to a start, and hardly anybody
 * does: so these functions are entered from where sleep is forbidden only, and those that forbid it
 * themselves are looked at.
 */
#include <string.h>

#include "graph.h"

/* what calls a walk that comes to what is @marked, and is not @marked: the functions that the next round starts from */
static bool find_walkers(const struct graph *g, const bool *marked, bool *walkers)
{
	bool any = false;

	memset(walkers, 0, sizeof(bool) * (size_t)g->n);
	for (int i = 0; i < g->asides.n; i++)
		walkers[g->asides.v[i].from] |= marked[g->asides.v[i].to];
	for (int f = 0; f < g->n; f++) {
		for (int e = g->first[f]; e < g->first[f + 1]; e++)
			walkers[f] |= g->callee.v[e].walked && marked[g->callee.v[e].to];
		walkers[f] &= !marked[f];
		any |= walkers[f];
	}
	return any;
}

/* each walk is a start of its own for those who call it: so many calls away they count */
static bool *reach_starts(struct graph *g, struct mn_arena *arena)
{
	bool *reach = arena_new_array(arena, bool, g->n), *near = arena_new_array(arena, bool, g->n);

	memcpy(near, g->starts, sizeof(bool) * (size_t)g->n);
	do {
		spread_near(g, arena, near);
		for (int f = 0; f < g->n; f++)
			reach[f] |= near[f];
	} while (find_walkers(g, reach, near));
	return reach;
}

void find_behind_walks(struct graph *g, struct mn_arena *arena)
{
	const bool *reach = reach_starts(g, arena), *takes = spread_within(g, arena, g->takes);

	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		/* one that has a row is not entered */
		func->behind_walk = reach[f] && !func->service &&
				    !contract_query(g->unit->contract, func->name, g->unit->kernels);
		g->forbids[f] = func->behind_walk && takes[f] && (func->closed || !g->unit->linked);
	}
}

void want_behind_walks(struct graph *g)
{
	int top = 0;

	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		if (!func->behind_walk)
			continue;
		func->neutral = false;
		if (func->wanted)
			continue;
		func->only_atomic = func->wanted = true;
		/* its lock may be taken by a helper */
		if (g->forbids[f])
			g->stack[top++] = f;
	}
	want_callees(g, top);
}
