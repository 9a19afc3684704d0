// SPDX-License-Identifier: GPL-2.0-only
/*
 * plan.c - which kernel is this, which functions are worth lowering, which are roots?
 *
 * A unit of the kernel has thousands of functions, most of them inline ones of its
 * headers, and only a few can ever reach an event that a rule checks. So the
 * call graph (graph.c) is walked before any body is: all of it in time linear in the
 * number of calls, with explicit stacks.
 */
#include <string.h>

#include "graph.h"

/* ------------------------------------------------------------------ */
/* the kernel                                                          */

static bool is_declared(const struct mn_unit *unit, const struct era_test *test)
{
	int i;

	for (i = 0; i < unit->declared.n; i++)
		if (!strcmp(unit->declared.v[i].name, test->name) &&
		    (test->nargs < 0 || unit->declared.v[i].nargs == test->nargs))
			return true;
	return false;
}

static bool era_fits(const struct mn_unit *unit, const struct era *era)
{
	int i;

	for (i = 0; i < era->ntests; i++)
		if (is_declared(unit, &era->tests[i]) == era->tests[i].absent)
			return false;
	return true;
}

static void choose_kernels(struct mn_unit *unit)
{
	const char *text = unit->options.kernel;
	struct kernels all = { 0, KERNEL_ANY };
	const struct era *era;
	int i;

	unit->kernels = all;
	if (text)
		unit->kernels.from = unit->kernels.to = kernel_parse(text);
	for (i = 0; (era = contract_era(unit->contract, i)); i++)
		if (text ? kernels_overlap(era->kernels, unit->kernels) :
			   era_fits(unit, era))
			break;
	if (!era)
		return;
	unit->era = arena_intern(unit->arena, era->name);
	if (!text)
		unit->kernels = era->kernels;
}

/* of some functions the contract says how they are called from other files, where those are not there */
static void know_callers(struct mn_unit *unit)
{
	for (int i = 0; i < unit->funcs.n; i++) {
		struct mn_func *func = unit->funcs.v[i];
		const struct callback *cb = contract_callback(unit->contract, func->name, CALLBACK_ITSELF,
							      func->nparams, unit->kernels);

		if (cb && !(cb->alone && unit->complete && !(func->flags & MN_FUNC_EXTERNAL)))
			mn_func_stored_in(func, func->name, CALLBACK_ITSELF);
	}
}

/* ------------------------------------------------------------------ */
/* what a function can reach                                           */

/*
 * The change of an entry is judged where it is known that no unseen caller has a region
 * open, below a function that is, or calls, what is not called inside of one; and where a start
 * can have failed.
 */
static void add_changes(struct graph *g, struct mn_arena *arena)
{
	bool *below = arena_new_array(arena, bool, g->n);
	int f;

	spread(g, arena, g->starts);
	spread(g, arena, g->changes);
	spread(g, arena, g->outside);
	memcpy(g->events, g->reaches, sizeof(bool) * (size_t)g->n);
	for (f = 0; f < g->n; f++) {
		below[f] = g->changes[f] && g->outside[f];
		/* its changes are judged whatever its caller knows */
		g->events[f] |= below[f];
	}
	spread_to_callees(g, below, g->changes, NULL);
	for (f = 0; f < g->n; f++)
		if (below[f])
			g->outside[f] = g->reaches[f] = g->anywhere[f] = true;
}

static bool judges_inside(const struct mn_options *options)
{
	int rule;

	for (rule = 0; rule < MN_RULE_COUNT; rule++)
		if (options->rules >> rule & 1 && rule_place((enum mn_rule)rule) == RULE_INSIDE)
			return true;
	return false;
}

/* which functions do @what, below one that comes to @first as well */
static bool *below_first(struct graph *g, struct mn_arena *arena, bool *what, const bool *first)
{
	bool *below = arena_new_array(arena, bool, g->n);
	int f;

	spread(g, arena, what);
	for (f = 0; f < g->n; f++)
		below[f] = what[f] && first[f];
	spread_to_callees(g, below, what, NULL);
	return below;
}

/*
 * What must not be done inside a region is judged in a state with a region open only; to copy
 * pages, where a flush in it was not told, in a kernel where that tells nobody. Nothing is looked at for
 * rules that nobody asked for.
 */
static void mark_inside(struct graph *g, struct mn_arena *arena)
{
	struct mn_func **funcs = g->unit->funcs.v;
	const bool *below;
	int f;

	if (judges_inside(&g->unit->options)) {
		below = below_first(g, arena, g->inside, g->starts);
		for (f = 0; f < g->n; f++)
			funcs[f]->inside = below[f];
	}
	if (!g->notifies || !(g->unit->options.rules >> MN_RULE_UNNOTIFIED_CHANGE & 1))
		return;
	below = below_first(g, arena, g->copies, g->starts);
	spread(g, arena, g->flushes);
	for (f = 0; f < g->n; f++) {
		funcs[f]->copies = below[f];
		funcs[f]->inside |= below[f] && g->flushes[f];
	}
}

/* what frees an object is judged where its notifier may be inserted; of a whole kernel it is too much */
static void mark_disposals(struct graph *g, struct mn_arena *arena)
{
	bool any = false;
	const bool *below;

	for (int f = 0; f < g->n; f++)
		any |= g->inserts[f];
	if (!any || !(g->unit->options.rules >> MN_RULE_NOTIFIER_LIFETIME & 1) ||
	    (g->unit->linked && !is_driver(g->unit)))
		return;
	spread(g, arena, g->inserts);
	below = below_first(g, arena, g->disposes, g->inserts);
	for (int f = 0; f < g->n; f++)
		g->unit->funcs.v[f]->disposes = below[f];
}

static int height_of(const struct graph *g, int f)
{
	int e, height = 0;

	for (e = g->first[f]; e < g->first[f + 1]; e++)
		if (g->height[g->callee.v[e].to] >= height)
			height = g->height[g->callee.v[e].to] + 1;
	return height > NEUTRAL_DEPTH ? NEUTRAL_DEPTH + 1 : height;
}

/* heights are exact up to NEUTRAL_DEPTH after as many rounds and one */
static void measure_heights(struct graph *g)
{
	int round, f;

	for (f = 0; f < g->n; f++)
		g->height[f] = NEUTRAL_DEPTH + 1;
	for (round = 0; round <= NEUTRAL_DEPTH; round++)
		for (f = 0; f < g->n; f++)
			g->height[f] = height_of(g, f);
}

/* ------------------------------------------------------------------ */
/* wanted                                                              */

/* of another unit only what it leaves behind is wanted; one that also gives back what it takes leaves nothing */
static void find_balanced(struct graph *g)
{
	spread_up(g, g->takes);
	spread_up(g, g->gives);
	for (int f = 0; f < g->n; f++)
		g->unit->funcs.v[f]->balanced = g->takes[f] && g->gives[f];
}

/*
 * .. and what it asks: that nobody holds a lock or has a region open is asked where entries are told of.
 * Both are what it does itself, or in a few calls.
 */
static void find_closed(struct graph *g, struct mn_arena *arena)
{
	const bool *takes = spread_within(g, arena, g->takes), *gives = spread_within(g, arena, g->gives);
	const bool *starts = spread_within(g, arena, g->starts), *ends = spread_within(g, arena, g->ends);
	const bool *acquires = spread_within(g, arena, g->acquires);
	const bool *releases = spread_within(g, arena, g->releases);
	const bool *tells = spread_within(g, arena, g->tells), *changes = spread_within(g, arena, g->changes);

	for (int f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		func->closed = takes[f] == gives[f] &&
			       (!is_driver(g->unit) || acquires[f] == releases[f]) &&
			       starts[f] == ends[f] && !tells[f];
		func->changes = changes[f];
	}
}

static void mark_wanted(struct graph *g)
{
	struct mn_func **funcs = g->unit->funcs.v;
	int top = 0, f;

	if (g->unit->linked)
		find_balanced(g);
	for (f = 0; f < g->n; f++) {
		bool inside = funcs[f]->inside || funcs[f]->copies || funcs[f]->disposes || funcs[f]->locks;

		funcs[f]->neutral = !g->touches[f] && !funcs[f]->watched && !inside;
		funcs[f]->judged = g->reaches[f];
		funcs[f]->only_watched = g->reaches[f] && !g->anywhere[f];
		funcs[f]->starts = g->starts[f];
		funcs[f]->only_changes = g->reaches[f] && g->outside[f] && !g->events[f];
		funcs[f]->wanted = g->reaches[f] || inside;
		if (funcs[f]->wanted)
			g->stack[top++] = f;
	}
	want_callees(g, top);
}

/* ------------------------------------------------------------------ */
/* roots                                                               */

static void cover(struct graph *g, bool *covered, int f)
{
	int top = 0, e, to;

	covered[f] = true;
	g->stack[top++] = f;
	while (top) {
		f = g->stack[--top];
		for (e = g->first[f]; e < g->first[f + 1]; e++) {
			to = g->callee.v[e].to;
			if (covered[to] || !g->reaches[to])
				continue;
			covered[to] = true;
			g->stack[top++] = to;
		}
	}
}

/* in a linked program: calls from another file may not enter it */
static bool is_called_elsewhere(const struct graph *g, const struct mn_func *func)
{
	for (int e = g->rfirst[func->index]; func->closed && e < g->rfirst[func->index + 1]; e++)
		if (is_elsewhere(g->unit->funcs.v[g->caller[e]], func))
			return true;
	return false;
}

/* the calls of a function that other units can call are not all that there are */
static bool is_root(const struct graph *g, const struct mn_func *func)
{
	return is_called_elsewhere(g, func) || g->rfirst[func->index] == g->rfirst[func->index + 1] ||
	       (func->flags & (MN_FUNC_ADDRESS | MN_FUNC_EXTERNAL)) || func->stored.n;
}

/*
 * What no root covers is entered by cycles only. Of the starts of a walk that covers
 * the rest, a later one may reach an earlier one but not the other way
 * round, so that going through them backwards finds one function of each outermost
 * cycle and no other (Kosaraju).
 */
static void add_cycle_roots(struct graph *g, struct mn_arena *arena,
			    const bool *covered)
{
	bool *forward = arena_new_array(arena, bool, g->n);
	bool *backward = arena_new_array(arena, bool, g->n);
	int *starts = arena_new_array(arena, int, g->n);
	int f, n = 0;

	for (f = 0; f < g->n; f++)
		forward[f] = backward[f] = covered[f] || !g->reaches[f] || g->unit->funcs.v[f]->only_watched;
	for (f = 0; f < g->n; f++) {
		if (forward[f])
			continue;
		starts[n++] = f;
		cover(g, forward, f);
	}
	while (n--) {
		if (backward[starts[n]])
			continue;
		g->unit->funcs.v[starts[n]]->root = true;
		cover(g, backward, starts[n]);
	}
}

static void mark_roots(struct graph *g, struct mn_arena *arena)
{
	bool *covered = arena_new_array(arena, bool, g->n);
	int f;

	for (f = 0; f < g->n; f++) {
		struct mn_func *func = g->unit->funcs.v[f];

		func->root = g->reaches[f] && is_root(g, func) && (!func->only_watched || func->stored.n);
		if (func->root && !covered[f])
			cover(g, covered, f);
	}
	add_cycle_roots(g, arena, covered);
	/* what a root covers is looked at with what its callers know */
	for (f = 0; f < g->n; f++)
		g->unit->funcs.v[f]->root |= g->forbids[f] && !g->reaches[f];
}

/*
 * A function that context= asks for is one that matters, to itself and to its callers, and one that
 * what they hold has to go into.
 */
static void want_asked(struct graph *g)
{
	for (int f = 0; g->unit->options.context && f < g->n; f++)
		if (is_drawn(g->unit->funcs.v[f]))
			g->reaches[f] = g->touches[f] = true;
}

void mn_unit_plan(struct mn_unit *unit)
{
	struct mn_arena *arena = arena_new();
	struct graph g;
	int f;

	choose_kernels(unit);
	know_callers(unit);
	memset(&g, 0, sizeof(g));
	g.unit = unit;
	g.notifies = unit->era && contract_notifies(unit->contract, unit->kernels);
	g.n = unit->funcs.n;
	build_graph(&g, arena);
	want_asked(&g);
	if (unit->linked) {
		mark_services(&g);
		find_closed(&g, arena);
	}
	find_asked(&g, arena);
	find_behind_walks(&g, arena);
	if (unit->linked)
		spread(&g, arena, g.reaches);
	else
		spread_to_callers(&g, g.reaches);
	/* what calls a walk need not be looked at for that alone */
	spread_to_walks(&g, g.reaches);
	spread_up(&g, g.touches);
	memcpy(g.anywhere, g.reaches, sizeof(bool) * (size_t)g.n);
	watch_callbacks(&g, arena);
	add_changes(&g, arena);
	mark_inside(&g, arena);
	mark_disposals(&g, arena);
	watch_lockers(&g, arena);
	watch_holders(&g, arena);
	measure_heights(&g);
	mark_wanted(&g);
	want_behind_walks(&g);
	mark_roots(&g, arena);
	reach_want(unit);
	if (unit->options.keep)
		mark_kept(&g);
	unit->stats.functions = (unsigned int)g.n;
	unit->stats.wanted = 0;
	for (f = 0; f < g.n; f++)
		unit->stats.wanted += unit->funcs.v[f]->wanted;
	arena_free(arena);
}

bool mn_func_knows_range(const struct mn_func *func, const char *tag)
{
	return contract_is_range(func->unit->contract, tag);
}
