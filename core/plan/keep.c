// SPDX-License-Identifier: GPL-2.0-only
/*
 * keep.c - which functions of a unit matter when it is joined with others.
 *
 * What a call of another unit leads to is not known here. So all is kept that makes such a call, or
 * may come to an event, a lock or a sleep, in any number of calls; and the small functions whose
 * result these know. What else they call is kept as a name, so that a call of it is no call of another unit.
 */
#include "graph.h"

static bool does_something(const struct graph *g, int f)
{
	return g->opens[f] || g->reaches[f] || g->touches[f] || g->changes[f] || g->outside[f] ||
	       g->starts[f] || g->sleeps[f] || g->inside[f] || g->flushes[f] || g->copies[f];
}

/* its body is what its row is compared with */
static bool has_row(const struct graph *g, const struct mn_func *func)
{
	return contract_query(g->unit->contract, func->name, g->unit->kernels);
}

static void keep_callees(struct graph *g, int top)
{
	struct mn_func **funcs = g->unit->funcs.v;

	while (top) {
		int f = g->stack[--top];

		for (int e = g->first[f]; e < g->first[f + 1]; e++) {
			struct mn_func *callee = funcs[g->callee.v[e].to];

			if (callee->keep == KEEP_BODY)
				continue;
			callee->keep = KEEP_NAME;
			if (!is_small(g, callee->index))
				continue;
			callee->keep = KEEP_BODY;
			g->stack[top++] = callee->index;
		}
	}
}

void mark_kept(struct graph *g)
{
	int top = 0;

	spread_up(g, g->opens);
	spread_up(g, g->sleeps);
	spread_up(g, g->inside);
	spread_up(g, g->flushes);
	spread_up(g, g->copies);
	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		if (does_something(g, f) || has_row(g, func))
			func->keep = KEEP_BODY;
		else if (func->flags & MN_FUNC_EXTERNAL)
			func->keep = is_small(g, f) ? KEEP_BODY : KEEP_NAME;
		if (func->keep == KEEP_BODY)
			g->stack[top++] = f;
	}
	keep_callees(g, top);
}
