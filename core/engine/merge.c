// SPDX-License-Identifier: GPL-2.0-only
/*
 * merge.c - which states may become one, and what a state forgets before it is asked.
 *
 * The only place that says so: for the points of a context (points.c), and for its exits (leave.c).
 * What one state keeps of two is join.c's.
 *
 * States whose property parts differ never merge, those with the same one do, but for a
 * few that stay apart since what correlates in them is a value and no lock.
 */
#include "engine.h"

/*
 * In a small function, outside of loops, this many states with the same property
 * part stay apart: "if (a > b) swap(a, b)" and helpers of its kind correlate values,
 * not locks (testcases/looks-wrong/02-swapped-locks.c).
 */
#define APART_IN_SMALL		4
#define APART_AT_RETURN		32
#define SMALL_BLOCKS		10

static bool stay_apart(const struct engine *eng, const struct context_run *ctx,
		       const struct point *p, const struct prop *key)
{
	const struct run *run = ctx->run;
	int same = 0;

	if (!p->insn && run->returning[p->block])
		return p->states.n < APART_AT_RETURN;
	if (run->looping[p->block])
		return false;	/* or it would never come to rest */
	if (eng->options.no_merge)
		return true;
	if (run->func->blocks.n > SMALL_BLOCKS || p->insn)
		return false;
	for (int i = 0; i < p->states.n; i++)
		same += p->states.v[i]->key == key;
	return same < APART_IN_SMALL;
}

/* what the call in front of the point answered there; MAYBE in front of a block */
static enum truth answer_at(const struct context_run *ctx, const struct point *p,
			    const struct work *w)
{
	const struct block *b = block_at(ctx->run, p->block);

	return p->insn ? fact_true(w, work_value(w, b->insns.v[p->insn - 1].dst)) :
			 MAYBE;
}

/*
 * Behind a call states with another answer stay apart: what the callee found out goes with
 * it (testcases/looks-wrong/02-correlated-conditions.c, good_predicate). The next
 * branch asks for it anyway, and joins behind that merge as ever.
 */
static bool answers_differ(struct engine *eng, const struct context_run *ctx,
			   const struct point *p, const struct state *s,
			   const struct work *w)
{
	enum truth here = answer_at(ctx, p, w), other;
	struct work there;

	if (here == MAYBE)
		return false;
	there.eng = eng;
	there.binds = s->exec->binds;
	there.n = s->exec->n;
	other = answer_at(ctx, p, &there);
	return other != MAYBE && other != here;
}

/*
 * Where this many states meet already, a new one keeps what it holds and forgets the
 * rest: the ranges of its regions (a loop that leaves regions open starts another one
 * each round: testcases/cfg/region-in-loop.cfg, bad_continue), the mutexes of a callback
 * (testcases/callback-nonblock/list-of-locks.c), and what it has found out of unseen
 * callers. All of it only makes it know less.
 */
#define FORGET_FROM	16

void merge_forget(struct engine *eng, const struct point *p, struct work *w,
		  uint64_t site)
{
	struct prop *prop = &w->prop;

	if (p->states.n < FORGET_FROM)
		return;
	for (int i = prop->n - 1; i >= 0; i--) {
		if (prop->items[i].kind == ITEM_SLEEPER)
			prop_remove(prop, &prop->items[i]);
		if (prop->items[i].kind != ITEM_REGION)
			continue;
		prop->items[i].c = sym_born(eng, site, birth(BIRTH_START, (uint32_t)i));
		prop->items[i].d = sym_born(eng, site, birth(BIRTH_END, (uint32_t)i));
	}
	prop->ptl = prop->ptl == PRESENT ? PRESENT : UNKNOWN;
	prop->region = prop->region == PRESENT ? PRESENT : UNKNOWN;
	prop->outside = prop->outside == OUTSIDE_ALONE ? OUTSIDE_ALONE : OUTSIDE_UNKNOWN;
	prop->atomic = prop->atomic == PRESENT ? PRESENT : UNKNOWN;
}

const struct prop *merge_key(struct engine *eng, const struct prop *p)
{
	struct prop key;

	prop_copy(&key, p);
	for (int i = key.n - 1; i >= 0; i--)
		if (item_form(&key.items[i])->meet == MEET_BOTH)
			prop_remove(&key, &key.items[i]);
	return prop_intern(eng, &key);
}

int merge_at_point(struct engine *eng, const struct context_run *ctx,
		   const struct point *p, const struct prop *key, const struct work *w)
{
	bool apart = stay_apart(eng, ctx, p, key);

	for (int i = 0; i < p->states.n; i++) {
		const struct state *s = p->states.v[i];

		if (s->key != key)
			continue;
		if (state_is(s, w))
			return i;
		if (!apart && !answers_differ(eng, ctx, p, s, w))
			return i;
	}
	return -1;
}

int merge_at_exit(const struct context_run *ctx, const struct outcome *exit)
{
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];

		if (x->prop != exit->prop || x->result != exit->result)
			continue;
		/* which return forgot the end is told apart */
		if (!prop_region_open(x->prop) || x->loc.line == exit->loc.line)
			return i;
	}
	return -1;
}
