// SPDX-License-Identifier: GPL-2.0-only
/*
 * confirm.c - a finding that is there only because states merged is none.
 *
 * Where states merge, the engine forgets which condition went with which: behind a join a path
 * may be followed that cannot be. So a root with findings is simulated once more, with states
 * kept apart outside of loops. What that run, if it comes to no limit, does not find is
 * withdrawn. It costs something only where there is a finding, and the limits bound it.
 *
 * The idea is that of refinement by counterexample (Clarke, Grumberg, Jha, Lu, Veith, CAV 2000): look
 * closer only where the coarse look found something.
 */
#include "engine.h"

static struct mn_func *root_func(const struct judged *j)
{
	const struct context_run *ctx = j->ctx;

	while (ctx && ctx->caller)
		ctx = ctx->caller;
	return ctx ? ctx->run->func : NULL;
}

static bool finds(const struct engine *eng, const struct judged *j)
{
	for (int i = 0; i < eng->judged.n; i++) {
		const struct judged *other = &eng->judged.v[i];

		if (other->rule == j->rule && other->loc.line == j->loc.line &&
		    other->loc.col == j->loc.col && other->loc.file == j->loc.file)
			return true;
	}
	return false;
}

/*
 * Simulate @func, or with NULL all roots, with states kept apart. Return: the engine that did, NULL
 * if it came to a limit. The unit says nothing of that run.
 */
static struct engine *closer(const struct engine *eng, struct mn_func *func)
{
	struct mn_unit *unit = eng->unit;
	struct engine *again = (struct engine *)arena_alloc(unit->arena, sizeof(*again));
	struct mn_stats stats = unit->stats;
	struct mn_options options = unit->options;
	int trouble = unit->trouble.n, excused = unit->excused.n, silenced = unit->silenced.n;
	bool limited;

	/* with the usual limits: a unit that is checked with less loses findings only */
	options.no_merge = true;
	options.less_detail = options.limit_states = options.limit_steps = options.limit_contexts = 0;
	options.trace = NULL;
	for (int i = 0; i < unit->funcs.n; i++)
		unit->funcs.v[i]->run = NULL;
	engine_init(again, unit, options);
	simulate_roots(again, func);
	walks_settle(again);
	limited = unit->trouble.n > trouble;
	unit->stats = stats;
	unit->trouble.n = trouble;
	unit->excused.n = excused;
	unit->silenced.n = silenced;
	return limited ? NULL : again;
}

/* the root that @j was found in does not show it any more, and no other root does */
static bool is_refuted(const struct engine *eng, const struct judged *j,
		       const struct engine *of_root)
{
	const struct engine *of_all;

	if (!of_root || finds(of_root, j))
		return false;
	of_all = closer(eng, NULL);
	return of_all && !finds(of_all, j);
}

/* what dot= shows, and what the findings that stay are about, are the contexts of the first run */
static struct run **keep_runs(struct mn_unit *unit)
{
	struct run **runs = arena_new_array(unit->arena, struct run *, unit->funcs.n + 1);

	for (int i = 0; i < unit->funcs.n; i++)
		runs[i] = unit->funcs.v[i]->run;
	return runs;
}

static void restore_runs(struct mn_unit *unit, struct run **runs)
{
	for (int i = 0; i < unit->funcs.n; i++)
		unit->funcs.v[i]->run = runs[i];
}

void confirm_findings(struct engine *eng)
{
	const struct mn_func *looked_at = NULL;
	struct engine *again = NULL;
	struct run **runs;
	int kept = 0;

	if (!eng->judged.n)
		return;
	runs = keep_runs(eng->unit);
	for (int i = 0; i < eng->judged.n; i++) {
		const struct judged *j = &eng->judged.v[i];
		struct mn_func *root = root_func(j);

		if (root && root != looked_at) {
			again = closer(eng, root);
			looked_at = root;
		}
		if (root && is_refuted(eng, j, again))
			continue;
		eng->judged.v[kept++] = *j;
	}
	eng->judged.n = kept;
	restore_runs(eng->unit, runs);
}
