// SPDX-License-Identifier: GPL-2.0-only
/*
 * path.c - the steps of a path, and which of them a finding shows.
 *
 * A trail is a list that grows at its end and is shared by the states that have
 * it in common. It is local to a context: what happened in a callee hangs inside the
 * step of its call, what happened in the callers stands in front. path_events()
 * lays all of it out in the order of execution and keeps the few steps that
 * explain the finding: the last ones that changed the lock context, the branches taken after
 * them, and the calls that lead there. A lock that was dropped again explains nothing. For
 * records it keeps every change of the lock context.
 */
#include "report.h"

#define KEEP_CHANGES	4
#define KEEP_BRANCHES	2

/* ------------------------------------------------------------------ */
/* laying out                                                          */

struct shown {
	const struct step *step;
	int depth, frame;	/* which call of its function it is in */
	bool on_stack;		/* a call that has not returned yet */
	bool balanced;		/* taken, and given back on the path */
	bool keep;
	bool leads;		/* .. or a change of the lock context, or a call of one */
};

struct path {
	struct mn_arena *arena;
	MN_VEC(struct shown) steps;
	int frames;
	bool shows_entry;	/* how a callback was entered is news */
	bool shows_drop;	/* .. or that a lock was dropped */
};

static void add_shown(struct path *p, const struct step *s, int depth, int frame,
		      bool on_stack)
{
	struct shown *shown = vec_push(p->arena, &p->steps);

	shown->step = s;
	shown->depth = depth;
	shown->frame = frame;
	shown->on_stack = on_stack;
}

static void lay_out(struct path *p, const struct step *trail, int depth)
{
	int n = 0, frame = p->frames++;
	const struct step **order;

	for (const struct step *s = trail; s; s = s->prev)
		n += !s->alias;
	order = arena_new_array(p->arena, const struct step *, n + 1);
	for (const struct step *s = trail; s; s = s->prev)
		if (!s->alias)
			order[--n] = s;
	for (; order[n]; n++) {
		add_shown(p, order[n], depth, frame, false);
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
	add_shown(p, call, depth, p->frames, true);
	return depth + 1;
}

enum shown_how { SHOWN_CHANGE, SHOWN_BRANCH, SHOWN_CALL, SHOWN_ENTRY, SHOWN_NEVER };

static const struct {
	const char *kind;
	enum shown_how shown;
	enum words words, no_name;
} step_forms[] = {
#define MN_STEP(kind, shown, words, no_name) { #kind, SHOWN_##shown, WORDS_##words, WORDS_##no_name },
#include "steps.def"
#undef MN_STEP
};

/* does @give give back what @take took? a call of a function names things its own way */
static bool gives_back(const struct shown *take, const struct shown *give)
{
	const struct step *a = take->step, *b = give->step;

	if (take->frame != give->frame || take->balanced)
		return false;
	if (a->kind == STEP_LOCK && b->kind == STEP_UNLOCK)
		return a->subject && a->subject == b->subject;
	return a->kind == STEP_ENTER && b->kind == STEP_LEAVE && a->context == b->context;
}

static void find_balanced(struct path *p)
{
	for (int i = 0; i < p->steps.n; i++) {
		enum step_kind kind = p->steps.v[i].step->kind;
		int k = i;

		if (kind != STEP_LEAVE && (kind != STEP_UNLOCK || p->shows_drop))
			continue;
		while (--k >= 0 && !gives_back(&p->steps.v[k], &p->steps.v[i]))
			;
		if (k >= 0)
			p->steps.v[k].balanced = p->steps.v[i].balanced = true;
	}
}

/* from the end: what draws the lock context along the path */
static void choose_path(struct path *p)
{
	const struct shown *next = NULL;

	for (int i = p->steps.n - 1; i >= 0; i--) {
		struct shown *s = &p->steps.v[i];
		enum shown_how how = step_forms[s->step->kind].shown;
		bool inside = next && next->leads && next->depth > s->depth;

		s->leads = s->keep || how == SHOWN_CHANGE ||
			   (how == SHOWN_CALL && (s->on_stack || inside));
		next = s;
	}
}

/* from the end: what changed the context, and how the path went on from there */
static void choose(struct path *p)
{
	int changes = 0, branches = 0, kept = 0;
	const struct shown *next = NULL;

	for (int i = p->steps.n - 1; i >= 0 && kept < MN_EVENTS_MAX; i--) {
		struct shown *s = &p->steps.v[i];
		bool inside = next && next->keep && next->depth > s->depth;

		switch (step_forms[s->step->kind].shown) {
		case SHOWN_CHANGE:
			s->keep = !s->balanced && changes++ < KEEP_CHANGES;
			break;
		case SHOWN_BRANCH:
			s->keep = !changes && branches++ < KEEP_BRANCHES;
			break;
		case SHOWN_CALL:
			s->keep = s->on_stack || inside;
			break;
		case SHOWN_ENTRY:
			s->keep = p->shows_entry;
			break;
		case SHOWN_NEVER:
			break;
		}
		kept += s->keep;
		next = s;
	}
}

static const char *step_text(struct mn_arena *arena, const struct step *s)
{
	enum words words = s->name ? step_forms[s->kind].words : step_forms[s->kind].no_name;

	if (s->kind == STEP_CALLBACK)
		return words_text(arena, words, s->func, s->name);
	return words_text(arena, words, s->name, NULL);
}

static void fill_event(struct mn_arena *arena, struct mn_event *e, const struct shown *s,
		       unsigned int holds)
{
	e->loc = s->step->loc;
	e->func = source_name(arena, s->step->func);
	e->depth = s->depth;
	e->kind = step_forms[s->step->kind].kind;
	e->text = s->keep ? step_text(arena, s->step) : NULL;
	e->holds = holds;
}

/* the outermost function, as it was entered */
static void fill_entry(struct mn_arena *arena, struct mn_event *e, const struct context_run *ctx)
{
	while (ctx->caller)
		ctx = ctx->caller;
	e->loc = ctx->run->func->loc;
	e->func = source_name(arena, ctx->run->func->name);
	e->kind = "ENTRY";
	e->holds = prop_holds(ctx->prop);
}

static void fill_path(struct path *p, const struct context_run *ctx, struct mn_finding *to)
{
	struct mn_event *path = arena_new_array(p->arena, struct mn_event, p->steps.n + 1);
	int n = 0;

	fill_entry(p->arena, &path[n++], ctx);
	for (int i = 0; i < p->steps.n; i++) {
		const struct shown *s = &p->steps.v[i];
		bool changes = step_forms[s->step->kind].shown == SHOWN_CHANGE;

		if (!s->leads)
			continue;
		fill_event(p->arena, &path[n], s, changes ? s->step->holds : path[n - 1].holds);
		if (s->keep)
			to->events[to->nevents++] = path[n];
		n++;
	}
	to->path = path;
	to->npath = n;
}

void path_events(struct mn_arena *arena, const struct judged *j, struct mn_finding *to)
{
	struct path p;
	int depth;

	memset(&p, 0, sizeof(p));
	p.arena = arena;
	p.shows_entry = j->shows_entry;
	p.shows_drop = j->shows_drop;
	depth = lay_out_callers(&p, j->ctx);
	lay_out(&p, j->trail, depth);
	find_balanced(&p);
	choose(&p);
	choose_path(&p);
	fill_path(&p, j->ctx, to);
}
