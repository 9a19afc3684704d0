// SPDX-License-Identifier: GPL-2.0-only
/*
 * asked.c - of which functions it is asked later at what level they changed an entry, and what they flushed.
 *
 * Where nobody asks, it would keep states apart for nothing: in rmap.c that was a quarter of them.
 * A notification asks for the level, while the page table lock is held; what relies on a flush, while the region is
 * open. So it is for a function that one of its callers, or it, may come to both. Through a walk that only
 * holds where its caller may hold the lock, or the region.
 */
#include <string.h>

#include "graph.h"

static bool *copy_of(const struct graph *g, struct mn_arena *arena, const bool *marked)
{
	bool *copy = arena_new_array(arena, bool, g->n);

	memcpy(copy, marked, sizeof(bool) * (size_t)g->n);
	return copy;
}

/* what may be called from where one of @marked is done by name */
static bool *called_under(struct graph *g, struct mn_arena *arena, const bool *marked)
{
	bool *under = copy_of(g, arena, marked);

	spread_to_callers(g, under);
	spread_to_callees(g, under, NULL);
	return under;
}

/* to those who call a walk that comes to what is @marked. True: another one is marked */
static bool spread_out_of_walks(const struct graph *g, const bool *under, bool *marked)
{
	bool more = false;

	for (int f = 0; f < g->n; f++)
		for (int e = g->first[f]; under[f] && e < g->first[f + 1] && !marked[f]; e++)
			more |= marked[f] = g->callee.v[e].walked && marked[g->callee.v[e].to];
	for (int i = 0; i < g->asides.n; i++) {
		const struct aside *aside = &g->asides.v[i];

		if (!under[aside->from] || marked[aside->from] || !marked[aside->to])
			continue;
		marked[aside->from] = more = true;
	}
	return more;
}

/* to what they call by name, or by walks under the lock */
static void spread_down(const struct graph *g, const bool *under, bool *marked)
{
	int top = 0;

	for (int f = 0; f < g->n; f++)
		if (marked[f])
			g->stack[top++] = f;
	while (top) {
		int f = g->stack[--top];

		for (int e = g->first[f]; e < g->first[f + 1]; e++) {
			const struct edge *edge = &g->callee.v[e];

			if (marked[edge->to] || (edge->walked && !under[f]))
				continue;
			marked[edge->to] = true;
			g->stack[top++] = edge->to;
		}
	}
}

/* .. and in a program of many files */
static bool spread_into_asides(const struct graph *g, const bool *under, bool *marked)
{
	bool more = false;

	for (int i = 0; i < g->asides.n; i++) {
		const struct aside *aside = &g->asides.v[i];

		if (!under[aside->from] || !marked[aside->from] || marked[aside->to])
			continue;
		marked[aside->to] = more = true;
	}
	return more;
}

/* those whose callers, or they, may come to what is @marked, while what @holds takes is held */
static const bool *in_front_of(struct graph *g, struct mn_arena *arena, const bool *marked, const bool *holds)
{
	const bool *under = called_under(g, arena, holds);
	bool *front = copy_of(g, arena, marked);

	do
		spread_to_callers(g, front);
	while (spread_out_of_walks(g, under, front));
	do
		spread_down(g, under, front);
	while (spread_into_asides(g, under, front));
	return front;
}

void find_asked(struct graph *g, struct mn_arena *arena)
{
	const bool *tells = in_front_of(g, arena, g->tells, g->takes);
	const bool *relies = in_front_of(g, arena, g->relies, g->starts);

	for (int f = 0; f < g->n; f++) {
		g->unit->funcs.v[f]->told = tells[f];
		g->unit->funcs.v[f]->relied = relies[f];
	}
}
