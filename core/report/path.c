// SPDX-License-Identifier: GPL-2.0-only
/*
 * path.c - the steps of a path, and which of them a finding shows.
 *
 * A trail is a list that grows at its end and is shared by the states that have
 * it in common. It is local to a context: what happened in a callee hangs inside the
 * step of its call, what happened in the callers stands in front. path_events()
 * lays all of it out in the order of execution and keeps the few steps that
 * explain the finding: the last ones that changed the lock context, the branches taken after
 * them, and the calls that lead there.
 */
#include "report.h"

#define KEEP_CHANGES	4
#define KEEP_BRANCHES	2

/* ------------------------------------------------------------------ */
/* laying out                                                          */

struct shown {
	const struct step *step;
	int depth;
	bool on_stack;		/* a call that has not returned yet */
	bool keep;
};

struct path {
	struct mn_arena *arena;
	MN_VEC(struct shown) steps;
	bool minds_sleep;	/* how a callback was entered is news */
};

static void add_shown(struct path *p, const struct step *s, int depth,
		      bool on_stack)
{
	struct shown *shown = vec_push(p->arena, &p->steps);

	shown->step = s;
	shown->depth = depth;
	shown->on_stack = on_stack;
}

static void lay_out(struct path *p, const struct step *trail, int depth)
{
	int n = 0;
	const struct step **order;

	for (const struct step *s = trail; s; s = s->prev)
		n += !s->told;
	order = arena_new_array(p->arena, const struct step *, n + 1);
	for (const struct step *s = trail; s; s = s->prev)
		if (!s->told)
			order[--n] = s;
	for (; order[n]; n++) {
		add_shown(p, order[n], depth, false);
		if (order[n]->inner)
			lay_out(p, order[n]->inner, depth + 1);
	}
}

/* the callers' part first; returns the depth of @ctx */
static int lay_out_callers(struct path *p, const struct context_run *ctx)
{
	struct step *call;
	int depth;

	if (!ctx->caller)
		return 0;
	depth = lay_out_callers(p, ctx->caller);
	lay_out(p, ctx->before, depth);
	call = (struct step *)arena_alloc(p->arena, sizeof(*call));
	call->kind = STEP_CALL;
	call->loc = ctx->called_at;
	call->func = ctx->caller->run->func->name;
	call->name = ctx->run->func->name;
	add_shown(p, call, depth, true);
	return depth + 1;
}

static bool is_branch(enum step_kind kind)
{
	return kind == STEP_TRUE || kind == STEP_FALSE || kind == STEP_CASE;
}

/* from the end: what changed the context, and how the path went on from there */
static void choose(struct path *p)
{
	int changes = 0, branches = 0, kept = 0;

	for (int i = p->steps.n - 1; i >= 0 && kept < MN_EVENTS_MAX; i--) {
		struct shown *s = &p->steps.v[i];
		enum step_kind kind = s->step->kind;
		bool inside = i + 1 < p->steps.n && p->steps.v[i + 1].keep &&
			      p->steps.v[i + 1].depth > s->depth;

		if (kind == STEP_RETURN)
			continue;	/* a place for findings, no news */
		if (kind == STEP_CALLBACK)
			s->keep = p->minds_sleep;
		else if (kind == STEP_CALL)
			s->keep = s->on_stack || inside;
		else if (is_branch(kind))
			s->keep = !changes && branches++ < KEEP_BRANCHES;
		else
			s->keep = changes++ < KEEP_CHANGES;
		kept += s->keep;
	}

}

static const char *step_text(struct mn_arena *arena, const struct step *s)
{
	switch (s->kind) {
	case STEP_LOCK:
		return words_text(arena, s->name ? WORDS_STEP_LOCK :
				    WORDS_STEP_LOCK_NONAME, s->name, NULL);
	case STEP_UNLOCK:
		return words_text(arena, s->name ? WORDS_STEP_UNLOCK :
				    WORDS_STEP_UNLOCK_NONAME, s->name, NULL);
	case STEP_ENTER:
		return words_text(arena, WORDS_STEP_ENTER, s->name, NULL);
	case STEP_LEAVE:
		return words_text(arena, WORDS_STEP_LEAVE, s->name, NULL);
	case STEP_BEGIN:
		return words_text(arena, WORDS_STEP_BEGIN, s->name, NULL);
	case STEP_FAIL:
		return words_text(arena, WORDS_STEP_FAIL, s->name, NULL);
	case STEP_END:
		return words_text(arena, WORDS_STEP_END, s->name, NULL);
	case STEP_TRUE:
		return words_text(arena, s->name ? WORDS_STEP_TRUE :
				    WORDS_STEP_TRUE_NONAME, s->name, NULL);
	case STEP_FALSE:
		return words_text(arena, s->name ? WORDS_STEP_FALSE :
				    WORDS_STEP_FALSE_NONAME, s->name, NULL);
	case STEP_OUTSIDE:
		return words_text(arena, WORDS_STEP_OUTSIDE, s->name, NULL);
	case STEP_CLEAR:
		return words_text(arena, WORDS_STEP_CLEAR, NULL, NULL);
	case STEP_REPLACE:
		return words_text(arena, WORDS_STEP_REPLACE, NULL, NULL);
	case STEP_CASE:
		return words_text(arena, WORDS_STEP_CASE, NULL, NULL);
	case STEP_CALLBACK:
		return words_text(arena, WORDS_STEP_CALLBACK, s->func, s->name);
	default:
		return words_text(arena, WORDS_STEP_CALL, s->name, NULL);
	}
}

void path_events(struct mn_arena *arena, const struct context_run *ctx,
		 const struct step *trail, struct mn_finding *to)
{
	struct path p;
	int depth;

	p.arena = arena;
	p.steps.v = NULL;
	p.steps.n = p.steps.room = 0;
	p.minds_sleep = to->rule == MN_RULE_CALLBACK_SLEEPS ||
			to->rule == MN_RULE_CALLBACK_NONBLOCK;
	depth = lay_out_callers(&p, ctx);
	lay_out(&p, trail, depth);
	choose(&p);
	for (int i = 0; i < p.steps.n; i++) {
		struct mn_event *e;

		if (!p.steps.v[i].keep)
			continue;
		e = &to->events[to->nevents++];
		e->loc = p.steps.v[i].step->loc;
		e->func = p.steps.v[i].step->func;
		e->depth = p.steps.v[i].depth;
		e->text = step_text(arena, p.steps.v[i].step);
	}
}
