// SPDX-License-Identifier: GPL-2.0-only
/*
 * graph.c - the call graph: which function may enter which, and what follows from that.
 *
 * One look at each call; all else is linear in their number, with explicit stacks.
 */
#include <string.h>

#include "graph.h"

/* ------------------------------------------------------------------ */
/* the graph                                                           */

/* the function that a call of @name would enter, or NULL */
static unsigned int query(const struct graph *g, const char *name)
{
	return contract_query(g->unit->contract, name, g->unit->kernels);
}

static bool is_excused(const struct graph *g, const struct mn_func *func,
		       enum mn_rule rule)
{
	return contract_excuse(g->unit->contract, func->name, rule, MESSAGE_ANY,
			       g->unit->kernels);
}

/*
 * A function that is part of the API itself, or whose notifications are excused from
 * all that could be said of them, need not be reached; one that makes the range of the region
 * that it starts for its caller has to.
 */
static bool judges_nothing(const struct graph *g, const struct mn_func *func,
			   unsigned int called)
{
	unsigned int itself = query(g, func->name);

	if (itself & CONTRACT_TRIGGERS)
		return !(itself & CONTRACT_STARTS && itself & CONTRACT_INITS);
	return !(called & CONTRACT_REGIONS) &&
	       is_excused(g, func, MN_RULE_RANGE_UNLOCKED) &&
	       is_excused(g, func, MN_RULE_RANGE_UNPAIRED);
}

const struct callback *stored_callback(const struct mn_unit *unit, const struct mn_func *func, int i)
{
	return contract_callback(unit->contract, func->stored.v[i].type, func->stored.v[i].member,
				 func->nparams, unit->kernels);
}

/* a callback that is not called inside a region */
static bool is_outside(const struct graph *g, const struct mn_func *func)
{
	const struct callback *c;
	int i;

	for (i = 0; i < func->stored.n; i++) {
		c = stored_callback(g->unit, func, i);
		if (!c || c->region != ABSENT)
			return false;
	}
	return func->stored.n > 0;
}

/* an entry may be cleared here and set to another page, with a notification due between */
static bool replaces(const struct graph *g, unsigned int called)
{
	return g->notifies && called & CONTRACT_CLEARS && called & CONTRACT_MAKES;
}

static void add_edge(struct graph *g, struct mn_arena *arena, const struct mn_func *callee,
		     bool walked)
{
	struct edge *edge = vec_push(arena, &g->callee);

	edge->to = callee->index;
	edge->walked = walked;
	g->rfirst[callee->index + 1] += !walked;
}

static void add_aside(struct graph *g, struct mn_arena *arena, const struct mn_func *from,
		      const struct mn_func *to)
{
	struct aside *aside = vec_push(arena, &g->asides);

	aside->from = from->index;
	aside->to = to->index;
}

static bool is_stored_in(const struct mn_func *func, const char *type)
{
	for (int k = 0; k < func->stored.n; k++)
		if (!strcmp(func->stored.v[k].type, type))
			return true;
	return false;
}

/*
 * A function that calls back may call all that is stored where it finds its functions: which
 * variable that is, is the engine's business (walk.c).
 */
static void add_walk(struct graph *g, struct mn_arena *arena, const struct mn_func *from,
		     const char *type, bool aside)
{
	for (int i = 0; i < g->n; i++) {
		const struct mn_func *func = g->unit->funcs.v[i];

		if (!is_stored_in(func, type))
			continue;
		if (aside)
			add_aside(g, arena, from, func);
		else
			add_edge(g, arena, func, true);
	}
}

/* @aside: its body is there, in a program of many files */
static void add_walks(struct graph *g, struct mn_arena *arena, const struct mn_func *from,
		      const char *name, bool aside)
{
	const struct walk_row *walk;

	for (int i = 0; (walk = contract_walk(g->unit->contract, name, -1, g->unit->kernels, i)); i++)
		add_walk(g, arena, from, walk->type ? walk->type : name, aside);
}

/* a function of the unit may call what it is passed */
static void find_arguments(struct graph *g, struct mn_arena *arena)
{
	for (int f = 0; f < g->n; f++)
		g->handed[f] = -1;
	for (int f = 0; f < g->n; f++) {
		const struct mn_func *func = g->unit->funcs.v[f];

		for (int k = 0; k < func->stored.n; k++) {
			const struct mn_func *to = unit_func(g->unit, func->stored.v[k].type);
			struct argument *argument;

			if (!to)
				continue;
			argument = vec_push(arena, &g->arguments);
			argument->func = f;
			argument->next = g->handed[to->index];
			g->handed[to->index] = g->arguments.n - 1;
		}
	}
}

static void add_arguments(struct graph *g, struct mn_arena *arena, const struct mn_func *func)
{
	for (int i = g->handed[func->index]; i >= 0; i = g->arguments.v[i].next)
		add_edge(g, arena, g->unit->funcs.v[g->arguments.v[i].func], true);
}

/* one look at each call: an edge, or what the contract says of the callee */
static void add_calls(struct graph *g, struct mn_arena *arena, const struct mn_func *func)
{
	unsigned int called = 0;
	int i;

	for (i = 0; i < func->calls.n; i++) {
		const char *name = func->calls.v[i];
		unsigned int what = query(g, name);
		const struct mn_func *callee = what ? NULL : unit_func(g->unit, name);

		called |= what;
		/* a row that may start one is none that ends it */
		g->ends[func->index] |= what & CONTRACT_REGIONS && !(what & CONTRACT_STARTS);
		if (callee)
			add_edge(g, arena, callee, false);
		if (!what && (!callee || g->unit->linked))
			add_walks(g, arena, func, name, callee && !is_driver(g->unit));
		g->opens[func->index] |= !what && !callee;
	}
	add_arguments(g, arena, func);
	g->touches[func->index] = called & CONTRACT_TOUCHES;
	g->reaches[func->index] = (called & CONTRACT_TRIGGERS &&
				   !judges_nothing(g, func, called)) ||
				  replaces(g, called);
	g->changes[func->index] = called & CONTRACT_CHANGES;
	g->outside[func->index] = called & (CONTRACT_OUTSIDE | CONTRACT_FAILS) ||
				  is_outside(g, func);
	g->unit->funcs.v[func->index]->makes_entries = called & CONTRACT_MAKES;
	g->unit->funcs.v[func->index]->tells = called & CONTRACT_TELLS;
	g->unit->funcs.v[func->index]->puts = called & CONTRACT_WITHDRAWS;
	g->starts[func->index] = called & CONTRACT_STARTS;
	g->tells[func->index] = called & CONTRACT_TELLS;
	g->relies[func->index] = called & CONTRACT_RELIES;
	g->takes[func->index] = called & CONTRACT_TAKES;
	g->gives[func->index] = called & CONTRACT_GIVES;
	g->acquires[func->index] = called & CONTRACT_ACQUIRES;
	g->releases[func->index] = called & CONTRACT_RELEASES;
	g->retries[func->index] = called & CONTRACT_RETRIES;
	g->sleeps[func->index] = called & CONTRACT_SLEEPS;
	g->queues[func->index] = called & CONTRACT_QUEUES;
	g->holds[func->index] = called & CONTRACT_HOLDS;
	g->stalls[func->index] = called & CONTRACT_STALLS;
	g->inside[func->index] = called & CONTRACT_INSIDE;
	g->flushes[func->index] = called & CONTRACT_FLUSHES;
	g->copies[func->index] = called & CONTRACT_COPIES;
	g->inserts[func->index] = called & CONTRACT_INSERTS;
	g->disposes[func->index] = called & CONTRACT_DISPOSES;
}

static void reverse_edges(struct graph *g)
{
	int *fill = g->stack;
	int f, e;

	for (f = 0; f < g->n; f++) {
		g->rfirst[f + 1] += g->rfirst[f];
		fill[f] = g->rfirst[f];
	}
	for (f = 0; f < g->n; f++)
		for (e = g->first[f]; e < g->first[f + 1]; e++)
			if (!g->callee.v[e].walked)
				g->caller[fill[g->callee.v[e].to]++] = f;
}

void build_graph(struct graph *g, struct mn_arena *arena)
{
	int f;

	g->first = arena_new_array(arena, int, g->n + 1);
	g->rfirst = arena_new_array(arena, int, g->n + 1);
	g->reaches = arena_new_array(arena, bool, g->n);
	g->anywhere = arena_new_array(arena, bool, g->n);
	g->touches = arena_new_array(arena, bool, g->n);
	g->events = arena_new_array(arena, bool, g->n);
	g->changes = arena_new_array(arena, bool, g->n);
	g->outside = arena_new_array(arena, bool, g->n);
	g->starts = arena_new_array(arena, bool, g->n);
	g->sleeps = arena_new_array(arena, bool, g->n);
	g->queues = arena_new_array(arena, bool, g->n);
	g->holds = arena_new_array(arena, bool, g->n);
	g->stalls = arena_new_array(arena, bool, g->n);
	g->inside = arena_new_array(arena, bool, g->n);
	g->flushes = arena_new_array(arena, bool, g->n);
	g->copies = arena_new_array(arena, bool, g->n);
	g->inserts = arena_new_array(arena, bool, g->n);
	g->disposes = arena_new_array(arena, bool, g->n);
	g->opens = arena_new_array(arena, bool, g->n);
	g->ends = arena_new_array(arena, bool, g->n);
	g->tells = arena_new_array(arena, bool, g->n);
	g->relies = arena_new_array(arena, bool, g->n);
	g->takes = arena_new_array(arena, bool, g->n);
	g->gives = arena_new_array(arena, bool, g->n);
	g->acquires = arena_new_array(arena, bool, g->n);
	g->releases = arena_new_array(arena, bool, g->n);
	g->retries = arena_new_array(arena, bool, g->n);
	g->height = arena_new_array(arena, int, g->n);
	g->stack = arena_new_array(arena, int, g->n);
	g->handed = arena_new_array(arena, int, g->n);
	g->forbids = arena_new_array(arena, bool, g->n);
	find_arguments(g, arena);
	for (f = 0; f < g->n; f++) {
		g->first[f] = g->callee.n;
		add_calls(g, arena, g->unit->funcs.v[f]);
	}
	g->first[f] = g->callee.n;
	g->caller = arena_new_array(arena, int, g->callee.n);
	reverse_edges(g);
}

bool spread_to_walks(const struct graph *g, bool *marked)
{
	bool more = false;
	int f, e;

	for (f = 0; f < g->n; f++)
		for (e = g->first[f]; e < g->first[f + 1] && !marked[f]; e++)
			if (g->callee.v[e].walked)
				more |= marked[f] = marked[g->callee.v[e].to];
	return more;
}

void spread_to_callers(struct graph *g, bool *marked)
{
	int top = 0, f, e;

	for (f = 0; f < g->n; f++)
		if (marked[f])
			g->stack[top++] = f;
	while (top) {
		f = g->stack[--top];
		for (e = g->rfirst[f]; e < g->rfirst[f + 1]; e++) {
			if (marked[g->caller[e]])
				continue;
			marked[g->caller[e]] = true;
			g->stack[top++] = g->caller[e];
		}
	}
}

void spread_up(struct graph *g, bool *marked)
{
	do
		spread_to_callers(g, marked);
	while (spread_to_walks(g, marked));
}

void spread_to_callees(struct graph *g, bool *marked, const bool *among, const bool *walking)
{
	int top = 0, f, e, to;

	for (f = 0; f < g->n; f++)
		if (marked[f])
			g->stack[top++] = f;
	while (top) {
		f = g->stack[--top];
		for (e = g->first[f]; e < g->first[f + 1]; e++) {
			to = g->callee.v[e].to;
			if (marked[to] || (among && !among[to]) ||
			    (walking && g->callee.v[e].walked && !walking[f]))
				continue;
			marked[to] = true;
			g->stack[top++] = to;
		}
	}
}

bool *spread_within(const struct graph *g, struct mn_arena *arena, const bool *marked)
{
	bool *now = arena_new_array(arena, bool, g->n), *next = arena_new_array(arena, bool, g->n);

	memcpy(now, marked, sizeof(bool) * (size_t)g->n);
	for (int calls = 0; calls < DETAIL_ALL; calls++) {
		memcpy(next, now, sizeof(bool) * (size_t)g->n);
		for (int f = 0; f < g->n; f++)
			for (int e = g->rfirst[f]; now[f] && e < g->rfirst[f + 1]; e++)
				next[g->caller[e]] = true;
		memcpy(now, next, sizeof(bool) * (size_t)g->n);
	}
	return now;
}

bool is_small(const struct graph *g, int f)
{
	return g->unit->funcs.v[f]->size <= NEUTRAL_BLOCKS && g->height[f] <= NEUTRAL_DEPTH;
}

static bool worth_entering(const struct graph *g, int f)
{
	return g->touches[f] || is_small(g, f);
}

void want_callees(struct graph *g, int top)
{
	struct mn_func **funcs = g->unit->funcs.v;

	while (top) {
		int f = g->stack[--top];

		for (int e = g->first[f]; e < g->first[f + 1]; e++) {
			int to = g->callee.v[e].to;

			if (funcs[to]->wanted || !worth_entering(g, to) ||
			    is_left_alone(funcs[f], funcs[to]))
				continue;
			funcs[to]->wanted = true;
			g->stack[top++] = to;
		}
	}
}

static bool is_same_file(const struct mn_func *x, const struct mn_func *y)
{
	return x->loc.file == y->loc.file || is_header(x->loc.file) || is_header(y->loc.file);
}

/* callers of one file stand together, as functions of one file do */
void mark_services(struct graph *g)
{
	struct mn_func **funcs = g->unit->funcs.v;

	for (int f = 0; f < g->n; f++) {
		const char *last = NULL;
		int files = 0;

		for (int e = g->rfirst[f]; e < g->rfirst[f + 1]; e++) {
			const struct mn_func *caller = funcs[g->caller[e]];

			files += caller->loc.file != last && is_elsewhere(caller, funcs[f]);
			last = caller->loc.file;
		}
		funcs[f]->service = files > LINK_CALLERS;
		g->unit->stats.services += funcs[f]->service;
	}
}

/* a call of @to from @f is looked at from outside */
static bool is_followed(const struct graph *g, int f, int to)
{
	struct mn_func **funcs = g->unit->funcs.v;

	return !funcs[to]->service || !is_elsewhere(funcs[f], funcs[to]);
}

/* to callers in the same file, any number of calls away */
static void spread_in_files(struct graph *g, bool *marked)
{
	struct mn_func **funcs = g->unit->funcs.v;
	int top = 0;

	for (int f = 0; f < g->n; f++)
		if (marked[f])
			g->stack[top++] = f;
	while (top) {
		int to = g->stack[--top];

		for (int e = g->rfirst[to]; e < g->rfirst[to + 1]; e++) {
			int f = g->caller[e];

			if (marked[f] || !is_same_file(funcs[f], funcs[to]) || !is_followed(g, f, to))
				continue;
			marked[f] = true;
			g->stack[top++] = f;
		}
	}
}

/* to those who call @to; they go on the stack, which has @n. Return: how many it has now */
static int come_near(struct graph *g, bool *near, int to, int n)
{
	for (int e = g->rfirst[to]; e < g->rfirst[to + 1]; e++) {
		int f = g->caller[e];

		if (near[f] || !is_followed(g, f, to))
			continue;
		near[f] = true;
		g->stack[n++] = f;
	}
	return n;
}

/* to callers in any file, so many calls away: g->stack has those of each distance one behind the other */
static void spread_over_files(struct graph *g, bool *near)
{
	int from = 0, n = 0;

	for (int f = 0; f < g->n; f++)
		if (near[f])
			g->stack[n++] = f;
	for (int calls = 0; calls < LINK_DEPTH; calls++) {
		int end = n;

		for (; from < end; from++)
			n = come_near(g, near, g->stack[from], n);
	}
}

void spread_near(struct graph *g, struct mn_arena *arena, bool *marked)
{
	bool *near = arena_new_array(arena, bool, g->n);

	memcpy(near, marked, sizeof(bool) * (size_t)g->n);
	spread_over_files(g, near);
	spread_in_files(g, marked);
	for (int f = 0; f < g->n; f++)
		marked[f] |= near[f];
}

void spread(struct graph *g, struct mn_arena *arena, bool *marked)
{
	if (!g->unit->linked) {
		spread_up(g, marked);
		return;
	}
	spread_near(g, arena, marked);
	spread_to_walks(g, marked);
}
