// SPDX-License-Identifier: GPL-2.0-only
/*
 * confirm.c - a finding that is there only because states merged is none.
 *
 * Where states merge, the engine forgets which condition went with which: behind a join a path
 * may be followed that cannot be. So a root with findings is simulated once more, with states
 * kept apart: outside of loops, and in loops those that contradict each other, unless they are too
 * many. What that run, if it comes to no limit, does not find is withdrawn; where it finds it on a path
 * that contradicts itself, or has merged states that differ in what findings are made of, it is run with more states. It costs something only where there is a
 * finding, and the limits bound it.
 *
 * What was withheld, since its state had lost something, is looked at as well: from each root that comes
 * there, with all that a caller knows. What that finds is a finding, and if it finds none, nothing
 * was given up.
 *
 * The idea is that of refinement by counterexample (Clarke, Grumberg, Jha, Lu, Veith, CAV 2000): look
 * closer only where the coarse look found something.
 */
#include <string.h>

#include "engine.h"

static struct mn_func *root_func(const struct judged *j)
{
	return j->ctx ? context_root(j->ctx)->run->func : NULL;
}

/* by which jump a path came to a return is another matter in another look */
static bool is_same_return(const struct judged *a, const struct judged *b)
{
	return a->returns && a->returns == b->returns && a->message == b->message && !strcmp(a->a, b->a);
}

static bool is_same(const struct judged *a, const struct judged *b)
{
	return a->rule == b->rule && (is_same_return(a, b) ||
	       same_place(&a->loc, &b->loc));
}

static const struct judged *found(const struct engine *eng, const struct judged *j)
{
	for (int i = 0; i < eng->judged.n; i++)
		if (is_same(&eng->judged.v[i], j))
			return &eng->judged.v[i];
	return NULL;
}

/* a unit of a linked program has found it by itself, with as close a look */
static const struct mn_finding *found_alone(const struct engine *eng, const struct judged *j)
{
	const struct mn_unit *unit = eng->unit;

	for (int i = 0; i < unit->alone.n; i++) {
		const struct mn_finding *alone = &unit->alone.v[i];

		if (alone->rule == j->rule && same_place(&alone->loc, &j->loc))
			return alone;
	}
	return NULL;
}

static bool withholds(const struct engine *eng, const struct judged *j)
{
	for (int i = 0; i < eng->withheld.n; i++)
		if (is_same(&eng->withheld.v[i], j))
			return true;
	return false;
}

static bool shows(const struct engine *again, const struct judged *j)
{
	return !again || found(again, j) || withholds(again, j);
}

/* the same with a path that can be, or NULL */
static const struct judged *found_on_path(const struct engine *again, const struct judged *j)
{
	const struct judged *other = again ? found(again, j) : NULL;

	return other && !path_contradicts(other) ? other : NULL;
}

/* ------------------------------------------------------------------ */
/* which roots come there                                              */

struct edge {
	const struct mn_func *from, *to;
};

typedef MN_VEC(struct edge) edges_t;

static void add_edge(struct engine *eng, edges_t *edges, const struct mn_func *from,
		     const struct mn_func *to)
{
	struct edge *edge;

	if (!from || !to)
		return;
	edge = vec_push(eng->arena, edges);
	edge->from = from;
	edge->to = to;
}

/* what @func calls by name, and what the walks call that it may start */
static void add_calls(struct engine *eng, edges_t *edges, const struct mn_func *func)
{
	const struct mn_unit *unit = eng->unit;
	bool walks = false;

	for (int i = 0; i < func->calls.n; i++) {
		add_edge(eng, edges, func, unit_func(unit, func->calls.v[i]));
		walks |= contract_walk(eng->contract, func->calls.v[i], -1, unit->kernels, 0) != NULL;
	}
	for (int i = 0; walks && i < unit->funcs.n; i++)
		if (walk_calls(eng, unit->funcs.v[i]))
			add_edge(eng, edges, func, unit->funcs.v[i]);
}

/* .. and what it is handed */
static void add_handed(struct engine *eng, edges_t *edges, const struct mn_func *func)
{
	for (int i = 0; i < func->stored.n; i++)
		add_edge(eng, edges, unit_func(eng->unit, func->stored.v[i].type), func);
}

/* by index: do calls of a function come to @to, as far as the unit shows? */
static bool *which_reach(struct engine *eng, const struct mn_func *to)
{
	const struct mn_unit *unit = eng->unit;
	bool *reach = arena_new_array(eng->arena, bool, unit->funcs.n), more = true;
	edges_t edges;

	memset(&edges, 0, sizeof(edges));
	for (int i = 0; i < unit->funcs.n; i++) {
		add_calls(eng, &edges, unit->funcs.v[i]);
		add_handed(eng, &edges, unit->funcs.v[i]);
	}
	if (to && !to->walk)
		reach[to->index] = true;
	while (more) {
		more = false;
		for (int i = 0; i < edges.n; i++) {
			if (!reach[edges.v[i].to->index] || reach[edges.v[i].from->index])
				continue;
			reach[edges.v[i].from->index] = more = true;
		}
	}
	return reach;
}

/* ------------------------------------------------------------------ */
/* another look                                                        */

/* beyond so many steps, in terms of those of the first run, no more is looked at; twice: a limit each */
#define LOOKS_STEPS	1000000u
#define LOOKS_TIMES	2u
#define STATES_PATIENT	(8 * DETAIL_BUDGET)

enum look {
	LOOK_APART,		/* states are kept apart outside of loops .. */
	LOOK_APART_IN_LOOPS,	/* .. and in loops those that contradict each other */
	LOOK_WHOLE,		/* a callee gets all that its caller knows */
	LOOK_PATIENT,		/* both of the last, with up to STATES_PATIENT states at a point */
	LOOK_COUNT
};

/* what a root showed when it was looked at */
struct looked {
	bool done;
	bool limited;			/* it came to a limit: what it does not show may be so all the same */
	struct engine *again;
};

struct looks {
	struct engine *eng;
	struct looked *at[LOOK_COUNT];	/* by the root's index */
	struct run **runs;		/* of the first run, by the function's index */
	unsigned int steps, limit;	/* of all looks */
};

/* Simulate @func, a root. The unit says nothing of that run. */
static struct looked simulate_again(struct looks *looks, struct mn_func *func, enum look look)
{
	struct mn_unit *unit = looks->eng->unit;
	struct engine *again = (struct engine *)arena_alloc(unit->arena, sizeof(*again));
	struct unit_said said = unit_said(unit);
	struct mn_options options = unit->options;
	struct looked looked = { true, false, again };

	/* with the usual limits: a unit that is checked with less loses findings only */
	options.no_merge = look != LOOK_WHOLE;
	options.less_detail = options.limit_states = options.limit_steps = options.limit_contexts = 0;
	if (look == LOOK_PATIENT)
		options.limit_states = STATES_PATIENT;
	options.trace = options.context = NULL;
	engine_init(again, unit, options);
	again->locks = looks->eng->locks;
	again->leaves = looks->eng->leaves;
	again->whole_entries = look == LOOK_WHOLE || look == LOOK_PATIENT;
	again->apart_in_loops = look == LOOK_APART_IN_LOOPS || look == LOOK_PATIENT;
	simulate_roots(again, func);
	walks_settle(again);
	looked.limited = unit->trouble.n > said.trouble;
	looks->steps += unit->stats.steps - said.stats.steps;
	unit_unsay(unit, &said);
	return looked;
}

/* once for all that is asked of it. NULL: it came to a limit */
static struct engine *look_at(struct looks *looks, struct mn_func *func, enum look look)
{
	struct looked *at = &looks->at[look][func->index];

	if (!at->done && looks->steps < looks->limit)
		*at = simulate_again(looks, func, look);
	at->done = true;
	return at->limited ? NULL : at->again;
}

static struct engine *look_apart(struct looks *looks, struct mn_func *func)
{
	struct engine *again = look_at(looks, func, LOOK_APART_IN_LOOPS);

	return again ? again : look_at(looks, func, LOOK_APART);
}

/* .. or with patience, where that shows it on no path that can be, or has merged what it is made of */
static struct engine *look_for(struct looks *looks, struct mn_func *func, const struct judged *j)
{
	struct engine *again = look_apart(looks, func), *patient = NULL;

	if (path_contradicts(j) ? !found_on_path(again, j) : !shows(again, j) && again->blurred)
		patient = look_at(looks, func, LOOK_PATIENT);
	return patient ? patient : again;
}

static void take_path(struct judged *j, const struct judged *other)
{
	j->ctx = other->ctx;
	j->trail = other->trail;
	j->eng = other->eng;
	j->loc = other->loc;
	if (j->fill)
		return;
	j->message = other->message;
	j->a = other->a;
	j->b = other->b;
}

/* where its path contradicts itself, one that a closer look found, limited or not */
static void take_better_path(const struct looks *looks, const struct mn_func *root, struct judged *j)
{
	if (!path_contradicts(j))
		return;
	for (int look = 0; look < LOOK_COUNT; look++) {
		const struct judged *other = found_on_path(looks->at[look][root->index].again, j);

		if (other) {
			take_path(j, other);
			return;
		}
	}
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

/* ------------------------------------------------------------------ */
/* what was found                                                      */

/* does @trail come through a function that was left, and was given up? */
static bool passes_given_up(const struct looks *looks, const struct step *trail)
{
	const struct mn_unit *unit = looks->eng->unit;

	for (const struct step *s = trail; s; s = s->prev) {
		const struct mn_func *func = s->inner ? unit_func(unit, s->name) : NULL;

		if (func && looks->runs[func->index] && looks->runs[func->index]->given_up)
			return true;
		if (s->inner && passes_given_up(looks, s->inner))
			return true;
	}
	return false;
}

/* .. then what it left, a lock or a region, cannot be told */
static bool rests_on_given_up(const struct looks *looks, const struct judged *j)
{
	const struct step *trail = j->trail;

	for (const struct context_run *ctx = j->ctx; ctx; trail = ctx->before, ctx = ctx->caller)
		if (passes_given_up(looks, trail))
			return true;
	return false;
}

/* @root, in which @j was found, does not show it any more, nor does another one that comes there */
static bool is_refuted(struct looks *looks, const struct judged *j,
		       const struct mn_func *root, const struct engine *of_root)
{
	struct engine *eng = looks->eng;
	const struct mn_unit *unit = eng->unit;
	const bool *reach;

	if (shows(of_root, j))
		return false;
	reach = which_reach(eng, unit_func(unit, j->func));
	for (int i = 0; i < unit->funcs.n; i++) {
		struct mn_func *other = unit->funcs.v[i];

		if (other != root && is_simulated(eng, other) && reach[i] &&
		    shows(look_apart(looks, other), j))
			return false;
	}
	return true;
}

/* is something else told of the function, by the rule? Then it is not silent for what was none */
static bool is_told_of(const struct engine *eng, const struct judged *other, int kept, int refuted)
{
	for (int i = 0; i < eng->judged.n; i++)
		if ((i < kept || i > refuted) && eng->judged.v[i].rule == other->rule &&
		    !strcmp(eng->judged.v[i].func, other->func))
			return true;
	return false;
}

/* the one at @refuted was none, and what came behind it was taken for the same mistake: the closer look has that */
static void take_silenced(struct engine *eng, const struct engine *again, int kept, int refuted)
{
	for (int i = 0; i < again->judged.n; i++) {
		const struct judged *other = &again->judged.v[i];

		if (other->rule != eng->judged.v[refuted].rule || is_told_of(eng, other, kept, refuted) ||
		    path_contradicts(other))
			continue;
		*vec_push(eng->arena, &eng->judged) = *other;
		return;
	}
}

static void confirm_made(struct looks *looks)
{
	struct engine *eng = looks->eng, *again = NULL;
	int kept = 0;

	for (int i = 0; i < eng->judged.n; i++) {
		struct judged *j = &eng->judged.v[i];
		struct mn_func *root = found_alone(eng, j) ? NULL : root_func(j);

		if (root)
			again = look_for(looks, root, j);
		if (root && is_refuted(looks, j, root, again)) {
			take_silenced(eng, again, kept, i);
			continue;
		}
		if (root && !again && rests_on_given_up(looks, j))
			continue;
		if (root)
			take_better_path(looks, root, j);
		eng->judged.v[kept++] = *j;
	}
	eng->judged.n = kept;
}

/* ------------------------------------------------------------------ */
/* what was withheld                                                   */

/* it is a finding there, or none */
static bool shows_all(const struct engine *again, const struct judged *j)
{
	return again && (found(again, j) || !withholds(again, j));
}

/*
 * Look from each root that comes to where @j was withheld. Return: it is none, or one of them
 * shows it, with nothing lost: then it is a finding like any other.
 */
static bool is_settled(struct looks *looks, const struct judged *j)
{
	struct engine *eng = looks->eng;
	const struct mn_unit *unit = eng->unit;
	const bool *reach = which_reach(eng, j->ctx->run->func);
	bool settled = true;

	for (int i = 0; i < unit->funcs.n; i++) {
		struct mn_func *func = unit->funcs.v[i];
		const struct engine *again;

		if (!is_simulated(eng, func) || !reach[i])
			continue;
		again = look_at(looks, func, LOOK_WHOLE);
		if (!shows_all(again, j))
			again = look_apart(looks, func);
		if (again && found(again, j)) {
			*vec_push(eng->arena, &eng->judged) = *found(again, j);
			return true;
		}
		settled &= again && !withholds(again, j);
	}
	return settled;
}

static void confirm_withheld(struct looks *looks)
{
	struct engine *eng = looks->eng;

	for (int i = 0; i < eng->withheld.n; i++) {
		const struct judged *j = &eng->withheld.v[i];
		const struct mn_finding *alone = found_alone(eng, j);

		if (alone && !found(eng, j))
			*vec_push(eng->unit->arena, &eng->unit->findings) = *alone;
		else if (!found(eng, j) && !is_settled(looks, j))
			lack_detail(eng, j->ctx->run, true);
	}
}

void confirm_findings(struct engine *eng)
{
	struct looks looks;

	if (!eng->judged.n && !eng->withheld.n)
		return;
	memset(&looks, 0, sizeof(looks));
	looks.eng = eng;
	looks.limit = LOOKS_STEPS + LOOKS_TIMES * eng->unit->stats.steps;
	for (int i = 0; i < LOOK_COUNT; i++)
		looks.at[i] = arena_new_array(eng->unit->arena, struct looked, eng->unit->funcs.n);
	looks.runs = keep_runs(eng->unit);
	confirm_withheld(&looks);
	looks.limit += looks.steps;
	confirm_made(&looks);
	restore_runs(eng->unit, looks.runs);
}
