// SPDX-License-Identifier: GPL-2.0-only
/*
 * path_check.c - does the path of a finding contradict itself?
 *
 * Where states merge, the one that stays has the trail of one of them: what it goes on to do may be
 * possible for the other only. A trail is walked from its beginning, with nothing known but what its
 * own steps tell: a branch that those before it exclude, a lock taken that is held, or a region
 * ended that was not started is a contradiction.
 *
 * Only symbols that stand for one value all the time are followed: not those that each round of
 * a loop makes anew. Each function of the path is looked at by itself.
 */
#include <string.h>

#include "report.h"

struct walk {
	struct engine *eng;
	struct work *known;		/* by the branches so far */
	MN_VEC(sym_t) held, open, ended;
	MN_VEC(sym_t) earlier;		/* opened before the last call, which may have ended them */
	int started;			/* in the callees so far, and left open */
	const struct step *wrong;	/* the first step that contradicts */
};

static bool lasts(const struct engine *eng, sym_t s)
{
	return s && !sym(eng, s)->sites && !sym(eng, s)->olds;
}

/* the one put in last: of bounds, the same may be started more than once */
static void take_out(sym_t *v, int *n, sym_t s)
{
	int at = *n - 1;

	while (at >= 0 && v[at] != s)
		at--;
	if (at < 0)
		return;
	memmove(&v[at], &v[at + 1], sizeof(*v) * (size_t)(*n - at - 1));
	--*n;
}

static bool is_in(const sym_t *v, int n, sym_t s)
{
	for (int i = 0; i < n; i++)
		if (v[i] == s)
			return true;
	return false;
}

/* false: it was ended already, and none of that range is open */
static bool take_end(struct walk *walk, sym_t region)
{
	bool open = is_in(walk->open.v, walk->open.n, region);
	bool fits = open || is_in(walk->earlier.v, walk->earlier.n, region) ||
		    !is_in(walk->ended.v, walk->ended.n, region) || walk->started-- > 0;

	if (open)
		take_out(walk->open.v, &walk->open.n, region);
	else
		take_out(walk->earlier.v, &walk->earlier.n, region);
	*(sym_t *)vec_push(walk->eng->arena, &walk->ended) = region;
	return fits;
}

/* the regions that were started on @trail and not ended, as far as it tells */
static int count_open(const struct step *trail)
{
	int n = 0;

	for (const struct step *s = trail; s; s = s->prev)
		n += (s->kind == STEP_START) - (s->kind == STEP_END) + (s->inner ? count_open(s->inner) : 0);
	return n > 0 ? n : 0;
}

/* a callee may have dropped, started or ended any; what it has started has another name there */
static void pass_call(struct walk *walk, const struct step *call)
{
	walk->started += count_open(call->inner);
	for (int i = 0; i < walk->open.n; i++)
		*(sym_t *)vec_push(walk->eng->arena, &walk->earlier) = walk->open.v[i];
	walk->held.n = walk->open.n = walk->ended.n = 0;
}

/* false: what @s tells contradicts the steps before it */
static bool take_step(struct walk *walk, const struct step *s)
{
	struct mn_arena *arena = walk->eng->arena;
	bool fits = true;

	switch (s->kind) {
	case STEP_TRUE:
		return fact_learn(walk->known, s->subject, fact_nonzero());
	case STEP_FALSE:
		return fact_learn(walk->known, s->subject, fact_is(0));
	case STEP_LOCK:
		fits = s->alias || !is_in(walk->held.v, walk->held.n, s->subject);
		*(sym_t *)vec_push(arena, &walk->held) = s->subject;
		return fits;
	case STEP_UNLOCK:
		take_out(walk->held.v, &walk->held.n, s->subject);
		return true;
	case STEP_START:
		take_out(walk->ended.v, &walk->ended.n, s->subject);
		*(sym_t *)vec_push(arena, &walk->open) = s->subject;
		return true;
	case STEP_END:
		return take_end(walk, s->subject);
	default:
		return true;
	}
}

static bool walk_trail(struct walk *walk, const struct step *trail)
{
	const struct step **order;
	int n = 0;

	for (const struct step *s = trail; s; s = s->prev)
		n++;
	order = arena_new_array(walk->eng->arena, const struct step *, n + 1);
	for (const struct step *s = trail; s; s = s->prev)
		order[--n] = s;
	walk->known->n = walk->started = 0;
	walk->held.n = walk->open.n = walk->ended.n = walk->earlier.n = 0;
	for (; order[n]; n++) {
		if (order[n]->kind == STEP_CALL)
			pass_call(walk, order[n]);
		if (!lasts(walk->eng, order[n]->subject) || take_step(walk, order[n]))
			continue;
		walk->wrong = order[n];
		return false;
	}
	return true;
}

/* .. and those of the calls in it */
static bool walk_all(struct walk *walk, const struct step *trail)
{
	if (!walk_trail(walk, trail))
		return false;
	for (const struct step *s = trail; s; s = s->prev)
		if (s->inner && !walk_all(walk, s->inner))
			return false;
	return true;
}

const struct step *path_contradicts(const struct judged *j)
{
	const struct context_run *ctx;
	struct walk walk;
	bool fits;

	if (!j->ctx)
		return NULL;
	memset(&walk, 0, sizeof(walk));
	walk.eng = j->eng;
	walk.known = work_new(j->eng);
	walk.known->sites = 0;
	fits = walk_all(&walk, j->trail);
	for (ctx = j->ctx; fits && ctx->caller; ctx = ctx->caller)
		fits = walk_all(&walk, ctx->before);
	work_free(walk.known);
	return walk.wrong;
}

int paths_check(struct engine *eng)
{
	int wrong = 0;

	for (int i = 0; i < eng->judged.n; i++) {
		const struct judged *j = &eng->judged.v[i];
		const struct step *s = path_contradicts(j);
		const char **slot;

		if (!s)
			continue;
		slot = (const char **)vec_push(eng->unit->arena, &eng->unit->trouble);
		*slot = arena_printf(eng->unit->arena, "mncheck: internal: %s: the path to %s at line %d contradicts "
				     "itself at line %d", j->func, mn_rule_name(j->rule), j->loc.line,
				     s->loc.line);
		wrong = -1;
	}
	return wrong;
}
