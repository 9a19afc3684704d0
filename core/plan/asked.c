// SPDX-License-Identifier: GPL-2.0-only
/*
 * asked.c - of which functions it is asked later at what level they changed an entry, and what they flushed.
 *
 * Where nobody asks, it would keep states apart for nothing: in rmap.c that was one in eight.
 * A notification asks for the level, while the page table lock is held; what relies on a flush, while the region is
 * open. So it is for a function that one of its callers, or it, may come to both. Through a walk that only
 * holds where its caller may hold the lock, or the region. In a program of many files it holds for nearly all.
 */
#include <string.h>

#include "graph.h"

static bool *copy_of(const struct graph *g, struct mn_arena *arena, const bool *marked)
{
	bool *copy = arena_new_array(arena, bool, g->n);

	memcpy(copy, marked, sizeof(bool) * (size_t)g->n);
	return copy;
}

/* unseen callers may call with the lock held, as its row says */
static void add_entered(const struct graph *g, bool *locks)
{
	for (int f = 0; f < g->n; f++) {
		const struct mn_func *func = g->unit->funcs.v[f];

		for (int i = 0; i < func->stored.n; i++) {
			const struct callback *c = stored_callback(g->unit, func, i);

			locks[f] |= c && c->ptl == PRESENT;
		}
	}
}

/* to those who call a walk that comes to what is @marked. True: another one is marked */
static bool spread_out_of_walks(const struct graph *g, const bool *under, bool *marked)
{
	bool more = false;

	for (int f = 0; f < g->n; f++)
		for (int e = g->first[f]; under[f] && e < g->first[f + 1] && !marked[f]; e++)
			more |= marked[f] = g->callee.v[e].walked && marked[g->callee.v[e].to];
	return more;
}

/* @under: those that take it, or are called with it; then all that may run while it is held */
static void find_under(struct graph *g, bool *under)
{
	spread_to_callers(g, under);
	spread_to_callees(g, under, NULL, NULL);
}

/* those who may come to what is @marked, and all that they call; through a walk if its caller is @under what is held */
static const bool *in_front_of(struct graph *g, struct mn_arena *arena, const bool *marked, bool *under)
{
	bool *front = copy_of(g, arena, marked);

	find_under(g, under);
	do
		spread_to_callers(g, front);
	while (spread_out_of_walks(g, under, front));
	spread_to_callees(g, front, NULL, under);
	return front;
}

void find_asked(struct graph *g, struct mn_arena *arena)
{
	bool *locks = copy_of(g, arena, g->takes);
	const bool *tells, *relies;

	add_entered(g, locks);
	tells = in_front_of(g, arena, g->tells, locks);
	relies = in_front_of(g, arena, g->relies, copy_of(g, arena, g->starts));
	for (int f = 0; f < g->n; f++) {
		g->unit->funcs.v[f]->told = g->unit->linked || tells[f];
		g->unit->funcs.v[f]->relied = g->unit->linked || relies[f];
	}
}
