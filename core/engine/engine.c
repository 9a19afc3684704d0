// SPDX-License-Identifier: GPL-2.0-only
/*
 * engine.c - where simulation starts: an engine, and the roots.
 *
 * Roots are functions without a caller in the unit; they start in a state that is
 * unknown, or that the contract gives for the member that holds their address. All other
 * contexts are made by calls. How a context runs is simulate.c's.
 */
#include <string.h>

#include "engine.h"

/* none of them is reached in mm/ of 6.1: make check-kernel asks for it */
#define DEFAULT_STATES		DETAIL_BUDGET	/* at one point */
#define DEFAULT_STEPS		200000	/* of one function */
#define DEFAULT_CONTEXTS	(2 * DETAIL_BUDGET)	/* of one function */

/* ------------------------------------------------------------------ */
/* contexts                                                            */

static enum presence both_say(enum presence a, enum presence b)
{
	return a == b ? a : UNKNOWN;
}

/* what the contract says of the members that @func is stored in */
static const struct callback *callback_context(const struct engine *eng,
					       const struct mn_func *func,
					       struct prop *prop,
					       bool *may_leave_region)
{
	const struct callback *minds = NULL;
	bool first = true;

	prop->top = !(func->flags & MN_FUNC_ADDRESS) && !func->stored.n;
	for (int i = 0; i < func->stored.n; i++) {
		const struct callback *c = stored_callback(eng->unit, func, i);
		enum presence ptl = c ? c->ptl : UNKNOWN;
		enum presence region = c ? c->region : UNKNOWN;
		enum presence atomic = c ? c->atomic : UNKNOWN;

		prop->ptl = (uint8_t)(first ? ptl : both_say((enum presence)prop->ptl, ptl));
		prop->region = (uint8_t)(first ? region : both_say((enum presence)prop->region, region));
		prop->atomic = (uint8_t)(first ? atomic : both_say((enum presence)prop->atomic, atomic));
		*may_leave_region |= c && c->may_leave_region;
		/* the stricter one: it is called from there too */
		if (callback_has_duties(c) && (!minds || c->atomic == PRESENT))
			minds = c;
		first = false;
	}
	if (prop->region == ABSENT)
		prop->outside = OUTSIDE_CALLERS;
	else if (prop->top && func->starts)
		prop->region = ABSENT;
	return func->watched ? minds : NULL;
}

/* the parameter that is the range of the region that @func starts for its caller, as its row says; 0: none */
static int range_made(const struct engine *eng, const struct mn_func *func)
{
	const struct row *row = contract_row(eng->contract, func->name, func->nparams, eng->unit->kernels);
	const struct effect *init = row_effect(row, EFFECT_INIT);

	return init && row_effect(row, EFFECT_START) ? init->object.arg : 0;
}

static void simulate_root(struct engine *eng, struct mn_func *func)
{
	struct work *entry = work_new(eng);
	const struct callback *minds;
	struct context_run *ctx;
	int made = range_made(eng, func);
	bool is_new, may_leave_region = made;

	entry->n = 0;
	entry->sites = 0;
	entry->trail = NULL;
	memset(&entry->leaving, 0, sizeof(entry->leaving));
	memset(&entry->prop, 0, sizeof(entry->prop));
	entry->lost = 0;
	minds = callback_context(eng, func, &entry->prop, &may_leave_region);
	for (int i = 0; i < func->nparams; i++)
		work_set(entry, bind_key(SPACE_ENV, (uint32_t)i + 1),
			 sym_input(eng, i, i + 1 == made ? SYM_STABLE | SYM_UNTOUCHED : SYM_STABLE));
	if (contract_callback(eng->contract, func->name, CALLBACK_ITSELF, func->nparams,
			      eng->unit->kernels) && entry->prop.region == ABSENT)
		step_add(entry, STEP_OUTSIDE, func->loc, func->name, func->name);
	if (minds)
		callback_enter(entry, func, minds);
	steps_close(entry, NULL, NULL);
	ctx = context_get(eng, func, entry, &is_new);
	if (ctx) {
		ctx->root = ctx->judged = true;
		ctx->callback = minds;
		ctx->may_leave_region = may_leave_region;
		context_arrive(eng, ctx, 0, 0, entry);
		run_stack(eng);
	}
	work_free(entry);
}

void engine_init(struct engine *eng, struct mn_unit *unit, struct mn_options options)
{
	memset(eng, 0, sizeof(*eng));
	eng->unit = unit;
	eng->arena = unit->arena;
	eng->contract = unit->contract;
	eng->options = options;
	if (!eng->options.limit_states)
		eng->options.limit_states = DEFAULT_STATES;
	if (!eng->options.limit_steps)
		eng->options.limit_steps = DEFAULT_STEPS;
	if (!eng->options.limit_contexts)
		eng->options.limit_contexts = DEFAULT_CONTEXTS;
	eng->notifies = unit->era && contract_notifies(unit->contract, unit->kernels);
	rules_init(eng);
	vec_push(eng->arena, &eng->syms);
	vec_push(eng->arena, &eng->facts);
	vec_push(eng->arena, &eng->execs);
	vec_push(eng->arena, &eng->props);
}

static void forget_runs(struct mn_unit *unit)
{
	for (int i = 0; i < unit->funcs.n; i++)
		unit->funcs.v[i]->run = NULL;
}

struct unit_said unit_said(struct mn_unit *unit)
{
	struct unit_said said = { unit->stats, unit->trouble.n, unit->excused.n, unit->silenced.n };

	forget_runs(unit);
	return said;
}

void unit_unsay(struct mn_unit *unit, const struct unit_said *said)
{
	unit->stats = said->stats;
	unit->trouble.n = said->trouble;
	unit->excused.n = said->excused;
	unit->silenced.n = said->silenced;
	forget_runs(unit);
}

/* a callback is known by its walks, where they are seen, and followed wherever they are */
bool is_simulated(const struct engine *eng, const struct mn_func *func)
{
	return func->root && func->blocks.n &&
	       !(is_driver(eng->unit) && walk_may_call(eng, func) && walk_calls(eng, func));
}

/* may it be the end of what another callback has refused to start? */
static bool is_end(const struct engine *eng, const struct mn_func *func)
{
	bool may_leave_region = false;
	struct prop prop;
	const struct callback *cb = callback_context(eng, func, &prop, &may_leave_region);

	return cb && cb->nasks && !cb->fails;
}

/* what a start refuses is known before its end is looked at, and a walk's callback, where it is called from */
static int turn_of(const struct engine *eng, const struct mn_func *func)
{
	return walk_may_call(eng, func) ? 2 : is_end(eng, func);
}

static void simulate_each(struct engine *eng, int turn)
{
	struct mn_unit *unit = eng->unit;

	for (int i = 0; i < unit->funcs.n; i++)
		if (turn_of(eng, unit->funcs.v[i]) == turn && is_simulated(eng, unit->funcs.v[i]))
			simulate_root(eng, unit->funcs.v[i]);
}

void simulate_roots(struct engine *eng, struct mn_func *only)
{
	struct mn_unit *unit = eng->unit;

	if (only) {
		simulate_root(eng, only);
	} else {
		for (int turn = 0; turn < 3; turn++)
			simulate_each(eng, turn);
	}
	for (int i = 0; i < unit->funcs.n; i++) {
		struct run *run = unit->funcs.v[i]->run;

		for (int k = 0; run && k < run->contexts.n; k++)
			if (run->contexts.v[k]->root)
				rules_at_exit(eng, run->contexts.v[k]);
	}
}
