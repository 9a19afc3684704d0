// SPDX-License-Identifier: GPL-2.0-only
/*
 * path.c - the steps of a path, and which of them a finding shows.
 *
 * A trail is a list that grows at its end and is shared by the states that have
 * it in common. It is local to a context: what happened in a callee hangs inside the
 * step of its call, what happened in the callers stands in front. path_events()
 * lays all of it out in the order of execution and keeps the few steps that
 * explain the finding: the last ones that changed what its rule is about, the branches taken after
 * them, the calls that lead there, and last what it is about, where that is deeper. A lock that
 * was dropped again explains nothing. For records it keeps every change of the lock context.
 */
#include <limits.h>

#include "path.h"

#define KEEP_CHANGES	4
#define KEEP_BRANCHES	2

/* ------------------------------------------------------------------ */
/* laying out                                                          */

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
		n++;
	order = arena_new_array(p->arena, const struct step *, n + 1);
	for (const struct step *s = trail; s; s = s->prev)
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

enum shown_how { SHOWN_CHANGE, SHOWN_BRANCH, SHOWN_CALL, SHOWN_ENTRY, SHOWN_LAST, SHOWN_OTHER, SHOWN_NEVER };

enum {
	ABOUT_NOTHING,
	ABOUT_LOCK = 1, ABOUT_ATOMIC = 2, ABOUT_REGION = 4, ABOUT_ENTRY = 8, ABOUT_READER = 16,
	ABOUT_WAIT = 32, ABOUT_NOTIFIER = 64, ABOUT_COUNT = 128, ABOUT_CALLERS = 256,
};

static const struct {
	const char *kind;
	enum shown_how shown;
	unsigned int about;
	enum words words, no_name;
} step_forms[] = {
#define MN_STEP(kind, shown, about, words, no_name) \
	{ #kind, SHOWN_##shown, ABOUT_##about, WORDS_##words, WORDS_##no_name },
#include "steps.def"
#undef MN_STEP
};

/* what the findings of each rule are about, in the order of rules.def */
static const unsigned int rules_about[] = {
#define MN_RULE(rule, name, place, about) about,
#include "rules.def"
#undef MN_RULE
};

/* ------------------------------------------------------------------ */
/* what was given back                                                 */

static bool is_alive(const struct shown *s, enum step_kind kind)
{
	return s->step->kind == kind && !s->balanced;
}

/* the step that the alias @i is a name for */
static struct shown *original_of(struct path *p, int i)
{
	const struct step *alias = p->steps.v[i].step;

	while (alias->alias && --i >= 0) {
		const struct step *s = p->steps.v[i].step;

		if (!s->alias && is_alive(&p->steps.v[i], alias->kind) && s->func == alias->func &&
		    s->loc.line == alias->loc.line && s->loc.col == alias->loc.col)
			break;
	}
	return i < 0 ? NULL : &p->steps.v[i];
}

static bool same_subject(const struct step *x, const struct step *y)
{
	return x->subject && x->subject == y->subject;
}

/* paths that meet, in a loop say, may give a lock another subject */
static bool same_name(const struct step *x, const struct step *y)
{
	return x->subject && y->subject && x->name && y->name && !strcmp(x->name, y->name);
}

/* where step @i of this frame was taken, -1 if that is not on the path */
static int taken_at(const struct path *p, int i, enum step_kind taken_by,
		    bool (*same)(const struct step *x, const struct step *y))
{
	const struct shown *give = &p->steps.v[i], *take;

	while (--i >= 0) {
		take = &p->steps.v[i];
		if (is_alive(take, taken_by) && take->frame == give->frame &&
		    same(take->step, give->step))
			break;
	}
	return i;
}

/* by its subject, which each function names its own way, or else by its name */
static void balance_subject(struct path *p, int i, enum step_kind taken_by)
{
	int k = taken_at(p, i, taken_by, same_subject);
	struct shown *take;

	if (k < 0)
		k = taken_at(p, i, taken_by, same_name);
	take = k < 0 ? NULL : original_of(p, k);
	if (take)
		take->balanced = p->steps.v[i].balanced = p->steps.v[k].balanced = true;
}

/* by its kind, which is counted */
static void balance_context(struct path *p, int i)
{
	struct shown *leave = &p->steps.v[i];

	for (int k = i - 1; k >= 0 && !leave->balanced; k--) {
		struct shown *enter = &p->steps.v[k];

		if (is_alive(enter, STEP_ENTER) && enter->step->context == leave->step->context)
			enter->balanced = leave->balanced = true;
	}
}

/* the last step of @kind on the path, -1 if there is none */
static int last_of(const struct path *p, enum step_kind kind)
{
	int i = p->steps.n - 1;

	while (i >= 0 && p->steps.v[i].step->kind != kind)
		i--;
	return i;
}

static void find_balanced(struct path *p)
{
	int drop = p->judged->shows_drop ? last_of(p, STEP_UNLOCK) : -1;
	int start = last_of(p, STEP_START);

	for (int i = 0; i < p->steps.n; i++) {
		enum step_kind kind = p->steps.v[i].step->kind;

		if (kind == STEP_UNLOCK && i != drop)
			balance_subject(p, i, STEP_LOCK);
		else if (kind == STEP_LEAVE)
			balance_context(p, i);
		else if (kind == STEP_END && i < start)
			balance_subject(p, i, STEP_START);
	}
}

/* ------------------------------------------------------------------ */
/* choosing                                                            */

/* from the end: what draws the lock context along the path */
static void choose_path(struct path *p)
{
	const struct shown *next = NULL;

	for (int i = p->steps.n - 1; i >= 0; i--) {
		struct shown *s = &p->steps.v[i];
		enum shown_how how = step_forms[s->step->kind].shown;
		bool inside = next && next->leads && next->depth > s->depth;

		if (s->step->alias)
			continue;
		s->leads = s->keep || how == SHOWN_CHANGE ||
			   (how == SHOWN_CALL && (s->on_stack || inside));
		next = s;
	}
}

static bool is_named(const struct judged *j, const struct step *s)
{
	return s->name && ((j->a && !strcmp(s->name, j->a)) || (j->b && !strcmp(s->name, j->b)));
}

/* the last step of the lock that the message names, or NULL */
static const struct shown *named_lock(const struct path *p)
{
	for (int i = p->steps.n - 1; i >= 0; i--) {
		const struct shown *s = &p->steps.v[i];

		if (step_forms[s->step->kind].about == ABOUT_LOCK && !s->balanced &&
		    !s->step->alias && is_named(p->judged, s->step))
			return s;
	}
	return NULL;
}

/* of which changes the path tells: none, where it is about the last step */
static unsigned int changes_told(const struct path *p)
{
	const struct step *last = p->steps.n ? p->steps.v[p->steps.n - 1].step : NULL;
	unsigned int about = rules_about[p->judged->rule];

	if (last && step_forms[last->kind].shown == SHOWN_LAST)
		return ABOUT_NOTHING;
	return named_lock(p) ? about & ~(unsigned int)ABOUT_ATOMIC : about;
}

/* a lock, where the message names another one */
static bool is_other_lock(const struct path *p, const struct shown *s)
{
	const struct shown *named = step_forms[s->step->kind].about == ABOUT_LOCK ? named_lock(p) : NULL;

	return named && !is_named(p->judged, s->step) &&
	       (named->frame != s->frame || named->step->subject != s->step->subject);
}

/* is the lock or the region of this step the one that the message names, or what forbids to sleep? */
static bool is_deciding(const struct path *p, const struct step *s)
{
	if (rules_about[p->judged->rule] & ABOUT_ATOMIC && (s->kind == STEP_LOCK || s->kind == STEP_ENTER))
		return true;
	return s->kind != STEP_OUTSIDE && is_named(p->judged, s) &&
	       step_forms[s->kind].about & (ABOUT_LOCK | ABOUT_REGION);
}

/*
 * Where the path has what the message names, those who called the function that takes it decide
 * nothing; nor does it, where a region starts on the path, that none was open before.
 */
static void drop_callers(struct path *p)
{
	bool decided = false, starts = false;
	int first = p->steps.n;

	if (rules_about[p->judged->rule] & ABOUT_CALLERS)
		return;
	for (int i = p->steps.n - 1; i >= 0; i--) {
		const struct shown *s = &p->steps.v[i];

		decided |= s->keep && is_deciding(p, s->step);
		starts |= s->keep && s->step->kind == STEP_START;
		if (s->keep && s->step->kind != STEP_OUTSIDE && step_forms[s->step->kind].shown != SHOWN_CALL)
			first = i;
	}
	for (int i = 0; i < first; i++) {
		struct shown *s = &p->steps.v[i];

		if (s->step->kind == STEP_OUTSIDE)
			s->keep &= !decided && !starts;
		else if (decided)
			s->keep &= !s->on_stack;
	}
}

static int count_kept(const struct path *p)
{
	int n = 0;

	for (int i = 0; i < p->steps.n; i++)
		n += p->steps.v[i].keep;
	return n;
}

static_assert(KEEP_CHANGES + KEEP_BRANCHES + 1 <= MN_EVENTS_MAX, "only calls are too many");

/* too many: the outermost calls go. What is no call leaves room for one more: how it was entered, or what is elsewhere */
static void drop_calls(struct path *p)
{
	int kept = count_kept(p);

	for (int i = 0; kept > MN_EVENTS_MAX; i++) {
		struct shown *s = &p->steps.v[i];

		if (!s->keep || step_forms[s->step->kind].shown != SHOWN_CALL)
			continue;
		s->keep = false;
		kept--;
	}
}

/* from the end: what changed the context, and how the path went on from there */
static void choose(struct path *p)
{
	int changes = 0, branches = 0;
	unsigned int about = changes_told(p);
	int kept = -1;		/* the depth of the last step that is kept, unless its call was passed */

	for (int i = p->steps.n - 1; i >= 0; i--) {
		struct shown *s = &p->steps.v[i];

		if (s->step->alias)
			continue;
		switch (step_forms[s->step->kind].shown) {
		case SHOWN_CHANGE:
			s->keep = !s->balanced && step_forms[s->step->kind].about & about &&
				  !is_other_lock(p, s) && changes++ < KEEP_CHANGES;
			break;
		case SHOWN_BRANCH:
			s->keep = !changes && branches++ < KEEP_BRANCHES;
			break;
		case SHOWN_CALL:
			s->keep = s->on_stack || kept > s->depth;
			break;
		case SHOWN_ENTRY:
			s->keep = p->judged->shows_entry;
			break;
		case SHOWN_LAST:
			s->keep = !same_place(&s->step->loc, &p->judged->loc);
			break;
		case SHOWN_OTHER:
			s->keep = true;
			break;
		case SHOWN_NEVER:
			break;
		}
		if (s->keep || step_forms[s->step->kind].shown == SHOWN_CALL)
			kept = s->keep ? s->depth : -1;
	}
	drop_callers(p);
	drop_calls(p);
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

/* the outermost function that has a step is the one that is read from */
static int outermost(const struct path *p)
{
	int depth = INT_MAX;

	for (int i = 0; i < p->steps.n; i++)
		if (p->steps.v[i].keep && p->steps.v[i].depth < depth)
			depth = p->steps.v[i].depth;
	return depth;
}

/* the outermost function, as it was entered */
static void fill_entry(struct mn_arena *arena, struct mn_event *e, const struct context_run *ctx)
{
	ctx = context_root(ctx);
	e->loc = ctx->run->func->loc;
	e->func = source_name(arena, ctx->run->func->name);
	e->kind = "ENTRY";
	e->holds = prop_holds(ctx->prop);
}

/* Return: MN_HOLDS_*, behind the path */
static unsigned int fill_path(struct path *p, const struct context_run *ctx, struct mn_finding *to)
{
	struct mn_event *path = arena_new_array(p->arena, struct mn_event, p->steps.n + 1);
	int n = 0, depth = outermost(p);

	fill_entry(p->arena, &path[n++], ctx);
	for (int i = 0; i < p->steps.n; i++) {
		const struct shown *s = &p->steps.v[i];
		bool changes = step_forms[s->step->kind].shown == SHOWN_CHANGE;

		if (!s->leads)
			continue;
		fill_event(p->arena, &path[n], s, changes ? s->step->holds : path[n - 1].holds);
		if (s->keep) {
			to->events[to->nevents] = path[n];
			to->events[to->nevents++].depth -= depth;
		}
		n++;
	}
	to->path = path;
	to->npath = n;
	return path[n - 1].holds;
}

void path_events(struct mn_arena *arena, const struct judged *j, struct mn_finding *to)
{
	unsigned int holds;
	struct path p;
	int depth;

	memset(&p, 0, sizeof(p));
	p.arena = arena;
	p.judged = j;
	depth = lay_out_callers(&p, j->ctx);
	lay_out(&p, j->trail, depth);
	if (j->elsewhere)
		add_shown(&p, j->elsewhere, 0, p.frames, false);
	find_balanced(&p);
	choose(&p);
	choose_path(&p);
	holds = fill_path(&p, j->ctx, to);
	to->fix = repair_text(arena, j, &p, holds);
}
