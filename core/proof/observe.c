// SPDX-License-Identifier: GPL-2.0-only
/*
 * observe.c - what a body does: its exits, and each effect that happened on the way.
 *
 * The function is simulated with nothing held and nothing known, as a root; no rule looks at it.
 * What it gives back that it did not take was a caller's, and becomes an item (GIVEN). Each observation
 * has an engine of its own, so that no one depends on what was looked at before.
 */
#include <string.h>

#include "proving.h"

/* ------------------------------------------------------------------ */
/* what happens                                                         */

static bool is_same_effect(const struct effect *a, const struct effect *b)
{
	return a->kind == b->kind && a->level == b->level && a->entry == b->entry;
}

static const struct happened *seen_already(const struct observation *o, const struct effect *e)
{
	for (int i = 0; i < o->seen.n; i++)
		if (is_same_effect(&o->seen.v[i].effect, e))
			return &o->seen.v[i];
	return NULL;
}

/* what the body took itself forbids to sleep: that is no path, or a bug of its own */
static bool is_atomic_here(const struct work *w)
{
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (w->prop.count[i] > ENTERED)
			return true;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_LOCK)
			return true;
	return false;
}

static void see(struct witness *me, const struct frame *f, struct work *w, const struct effect *e,
		sym_t given)
{
	struct observation *o = (struct observation *)me;
	struct happened *h;

	if (given && !prop_find(&w->prop, ITEM_GIVEN, given))
		prop_add(w, ITEM_GIVEN, e->kind, given);
	/* what it changes in a region of its own is told of */
	if (seen_already(o, e) || (e->kind == EFFECT_SLEEPS ? is_atomic_here(w) : prop_region_open(&w->prop) != NULL))
		return;
	h = vec_push(o->arena, &o->seen);
	h->effect = *e;
	h->loc = f->at->loc;
	h->ctx = f->ctx;
	h->trail = w->trail;
}

/* a region's start and end may sleep */
static bool is_kind_of(const struct effect *x, const struct effect *e)
{
	if (e->kind == EFFECT_SLEEPS && ((x->kind == EFFECT_START && !x->nonblock) || x->kind == EFFECT_END))
		return true;
	return x->kind == e->kind && x->level == e->level && (x->entry == e->entry || !x->entry || !e->entry);
}

const struct happened *observed(const struct observation *o, const struct effect *e)
{
	for (int i = 0; i < o->seen.n; i++)
		if (is_kind_of(&o->seen.v[i].effect, e))
			return &o->seen.v[i];
	return NULL;
}

/* ------------------------------------------------------------------ */
/* the simulation                                                       */

static sym_t parameter(struct observation *o, int i)
{
	if (o->assumed.arg == i + 1 && o->assumed.is)
		return sym_const(&o->eng, o->assumed.value);
	return sym_input(&o->eng, i, SYM_STABLE);
}

static struct work *entry_of_body(struct observation *o)
{
	struct work *entry = work_new(&o->eng);

	entry->n = 0;
	entry->sites = 0;
	entry->trail = NULL;
	entry->lost = 0;
	memset(&entry->leaving, 0, sizeof(entry->leaving));
	memset(&entry->prop, 0, sizeof(entry->prop));
	for (int i = 0; i < CONTEXT_COUNT; i++)
		entry->prop.count[i] = ENTERED;
	for (int i = 0; i < o->func->nparams; i++) {
		work_set(entry, bind_key(SPACE_ENV, (uint32_t)i + 1), parameter(o, i));
		if (o->assumed.arg == i + 1 && !o->assumed.is)
			fact_learn(entry, parameter(o, i), fact_nonzero());
	}
	return entry;
}

static void simulate(struct observation *o)
{
	struct work *entry = entry_of_body(o);
	struct context_run *ctx;
	bool is_new;

	ctx = context_get(&o->eng, o->func, entry, &is_new);
	if (ctx) {
		ctx->root = ctx->judged = ctx->may_leave_region = true;
		context_arrive(&o->eng, ctx, 0, 0, entry);
		run_stack(&o->eng);
	}
	o->ctx = ctx;
	work_free(entry);
}

struct observation *observe(struct mn_proof *p, struct mn_func *func, struct assumption assumed, bool all)
{
	struct mn_arena *arena = arena_new();
	struct observation *o = arena_new_array(arena, struct observation, 1);
	struct mn_unit *unit = p->unit;
	struct mn_stats stats = unit->stats;
	struct mn_options options = unit->options;
	int trouble = unit->trouble.n;

	o->arena = arena;
	o->witness.see = see;
	o->func = func;
	o->assumed = assumed;
	options.no_merge = p->closely;
	options.rules = 0;
	bodies_enter(p, func, all);
	for (int i = 0; i < unit->funcs.n; i++)
		unit->funcs.v[i]->run = NULL;
	engine_init(&o->eng, unit, options);
	o->eng.arena = arena;
	o->eng.witness = &o->witness;
	o->eng.apart_in_loops = p->closely;
	simulate(o);
	o->given_up = unit->trouble.n > trouble;
	unit->trouble.n = trouble;
	unit->stats = stats;
	return o;
}

void observation_free(struct observation *o)
{
	arena_free(o->arena);
}

void observed_path(struct mn_proof *p, const struct observation *o, const struct context_run *ctx,
		   const struct step *trail)
{
	struct mn_finding finding;
	struct judged j;

	memset(&j, 0, sizeof(j));
	memset(&finding, 0, sizeof(finding));
	j.ctx = ctx;
	j.trail = trail;
	j.eng = (struct engine *)&o->eng;
	j.shows_drop = true;
	path_events(p->unit->arena, &j, &finding);
	p->proved.nevents = finding.nevents;
	memcpy(p->proved.events, finding.events, sizeof(p->proved.events));
}
