// SPDX-License-Identifier: GPL-2.0-only
/*
 * verdict.c - a row, with all its effects, against a body.
 *
 * Wrong is a row whose caller is in another state behind the body than the row says: a lock held
 * or not, a region open or not, atomic or not; or that says of a body that shows all that it does what it
 * never does. Weaker is one that leaves out what its body does on the way. What a body cannot show
 * is not compared, and said: what is made of assembly and stores, or lies behind a call that is not seen.
 */
#include <string.h>

#include "proving.h"

/* a row, and what has come out so far */
struct judging {
	struct mn_proof *p;
	const struct row *row;
	struct observation *o;		/* of the exits .. */
	struct observation *way;	/* .. and of what happens on the way */
	enum mn_verdict verdict;
	const char *what;		/* of WRONG and WEAKER */
	const char *shown, *open;	/* effects: those that are so, and those that nothing tells of */
	struct mn_event events[MN_EVENTS_MAX];
	int nevents;
	bool limited;			/* it was given up */
};

static const char *text(struct judging *j, const struct effect *e)
{
	char buf[EFFECT_TEXT];

	return arena_printf(j->p->unit->arena, "%s", effect_text(e, buf, sizeof(buf)));
}

static const char *place(struct judging *j, struct mn_loc loc)
{
	return arena_printf(j->p->unit->arena, "%s:%d", loc.file ? loc.file : "?", loc.line);
}

/* of two the worse one, of equals the first */
static void decide(struct judging *j, enum mn_verdict verdict, const struct observation *o,
		   const struct context_run *ctx, const struct step *trail, const char *what)
{
	if (verdict >= j->verdict)
		return;
	j->verdict = verdict;
	j->what = what;
	j->nevents = 0;
	if (!ctx)
		return;
	observed_path(j->p, o, ctx, trail);
	memcpy(j->events, j->p->proved.events, sizeof(j->events));
	j->nevents = j->p->proved.nevents;
}

static void note_shown(struct judging *j, const struct effect *e)
{
	j->shown = j->shown ? arena_printf(j->p->unit->arena, "%s, %s", j->shown, text(j, e)) : text(j, e);
}

static void note_open(struct judging *j, const struct effect *e, const char *why)
{
	if (!j->open)
		j->open = arena_printf(j->p->unit->arena, "'%s': %s", text(j, e), why);
}

static const char *why_hidden(struct judging *j, const struct opaque *o)
{
	struct mn_arena *arena = j->p->unit->arena;

	switch (o->why) {
	case UNSHOWN_CALL:
		return arena_printf(arena, "'%s()' at %s has neither body nor row here",
				    source_name(arena, o->name), place(j, o->loc));
	case UNSHOWN_POINTER:
		return arena_printf(arena, "a call through a pointer at %s", place(j, o->loc));
	case UNSHOWN_FAR:
		return arena_printf(arena, "'%s()' at %s is too many calls away",
				    source_name(arena, o->name), place(j, o->loc));
	case UNSHOWN_LIMIT:
		return "the body was given up for a limit";
	default:
		return arena_printf(arena, "assembly or a store at %s may be it", place(j, o->loc));
	}
}

/* ------------------------------------------------------------------ */
/* what the row says                                                    */

/* nothing shows it: is that because the body hides something? */
static void judge_unshown(struct judging *j, const struct observation *o, const struct effect *e)
{
	/* a page fault sleeps, and no call of it is seen */
	struct opaque hide = bodies_hide(j->p, e->kind == EFFECT_SLEEPS && !row_effect(j->row, EFFECT_FAULTS));

	if (o->given_up)
		hide.why = UNSHOWN_LIMIT;
	if (hide.why)
		note_open(j, e, why_hidden(j, &hide));
	else
		decide(j, MN_WRONG, NULL, NULL, NULL, arena_printf(j->p->unit->arena,
			"'%s' happens on no path", text(j, e)));
}

static void judge_exits(struct judging *j, const struct effect *e)
{
	struct mn_arena *arena = j->p->unit->arena;
	struct claim c = claim_of_exits(j->o, j->row, e);

	if (c.is == CLAIM_SHOWN)
		note_shown(j, e);
	else if (c.is == CLAIM_OPEN)
		note_open(j, e, j->o->given_up ? "the body was given up for a limit" : "the body does not tell");
	else if (!c.at)
		judge_unshown(j, j->o, e);
	else
		decide(j, MN_WRONG, j->o, j->o->ctx, c.at->trail, arena_printf(arena, c.is == CLAIM_MISSING ?
			"'%s' is not so on a path to %s" :
			"'%s' is so without its condition, too, on a path to %s",
			text(j, e), place(j, c.at->loc)));
}

/* the condition on an argument, or NULL */
static const struct cond *about_argument(const struct effect *e)
{
	for (int i = 0; i < 2; i++)
		if (e->cond[i].kind == COND_ARG_TRUE || e->cond[i].kind == COND_ARG_FALSE ||
		    e->cond[i].kind == COND_ARG_HAS)
			return &e->cond[i];
	return NULL;
}

/* that it holds, or does not */
static struct assumption assume(const struct cond *c, bool holds)
{
	struct assumption a;

	a.arg = c->arg;
	a.is = holds == (c->kind == COND_ARG_FALSE) || c->kind == COND_ARG_HAS;
	a.value = c->kind == COND_ARG_HAS && holds ? c->value : 0;
	return a;
}

static void judge_weaker(struct judging *j, struct observation *o, const struct effect *e,
			 const struct happened *h, const char *how)
{
	decide(j, MN_WEAKER, o, h->ctx, h->trail, arena_printf(j->p->unit->arena, "'%s' happens %s, at %s",
		text(j, e), how, place(j, h->loc)));
}

/* in the file of the function itself: what another one reads from memory may tell it that it does not hold */
static bool is_near(const struct observation *o, const struct context_run *ctx)
{
	for (; ctx; ctx = ctx->caller)
		if (ctx->run->func->loc.file != o->func->loc.file && !is_header(ctx->run->func->loc.file))
			return false;
	return true;
}

/* what happens on the way: where an argument decides, it is tried both ways */
static void judge_way(struct judging *j, const struct effect *e)
{
	const struct cond *c = about_argument(e);
	struct observation *o = c ? observe(j->p, j->o->func, assume(c, true), true) : j->way, *other;
	const struct happened *h;

	if (observed(o, e))
		note_shown(j, e);
	else if (is_made_of_others(e->kind))
		judge_unshown(j, o, e);
	else
		note_open(j, e, "nothing that it calls says so");
	if (!c)
		return;
	observation_free(o);
	other = observe(j->p, j->o->func, assume(c, false), true);
	h = is_to_be_said(e->kind) ? observed(other, e) : NULL;
	if (h && is_near(other, h->ctx))
		judge_weaker(j, other, e, h, "without its condition, too");
	observation_free(other);
}

static void judge_effect(struct judging *j, const struct effect *e)
{
	if (e->kind == EFFECT_NOTHING)
		j->shown = "nothing";
	else if (is_never_shown(e->kind))
		note_open(j, e, "no body shows it");
	else if (is_of_exits(e->kind))
		judge_exits(j, e);
	else
		judge_way(j, e);
}

/* ------------------------------------------------------------------ */
/* what the row does not say                                            */

/* what a function that is excused tells, nobody has to know of */
static bool is_excused(const struct judging *j, const struct happened *h)
{
	const struct mn_unit *unit = j->p->unit;

	return h->effect.kind == EFFECT_NOTIFY &&
	       contract_excuse(unit->contract, h->ctx->run->func->name, MN_RULE_RANGE_UNPAIRED,
			       MESSAGE_ANY, unit->kernels);
}

static bool is_omitted(const struct judging *j, const struct happened *h)
{
	enum effect_kind kind = h->effect.kind;

	if (!is_to_be_said(kind) || row_effect(j->row, kind) || is_excused(j, h))
		return false;
	/* that a region's start and end may sleep goes without saying, as does what a page fault does */
	if (kind == EFFECT_SLEEPS)
		return !row_effect(j->row, EFFECT_START) && !row_effect(j->row, EFFECT_END);
	if (row_effect(j->row, EFFECT_FAULTS))
		return false;
	return kind != EFFECT_CHANGE || h->effect.entry == ENTRY_CLEAR || h->effect.entry == ENTRY_LESS;
}

static void judge_omitted(struct judging *j)
{
	for (int i = 0; i < j->way->seen.n; i++) {
		const struct happened *h = &j->way->seen.v[i];
		struct effect e;

		if (!is_omitted(j, h))
			continue;
		memset(&e, 0, sizeof(e));
		e.kind = h->effect.kind;
		e.level = h->effect.level;
		e.entry = h->effect.entry;
		judge_weaker(j, j->way, &e, h, "and the row does not say it");
	}
}

/* does @e of the row speak of what the item is? */
static bool is_about(struct judging *j, struct leaving *l, const struct effect *e,
		     const struct item *item)
{
	enum effect_kind kind = item->kind == ITEM_GIVEN ? (enum effect_kind)item->flags :
				item->kind == ITEM_REGION ? EFFECT_START :
				item->kind == ITEM_SLEEPER ? EFFECT_ACQUIRE : EFFECT_LOCK;
	bool fits = e->kind == kind || (kind == EFFECT_DROP && e->kind == EFFECT_UNLOCK) ||
		    (kind == EFFECT_UNLOCK && e->kind == EFFECT_DROP);

	return fits && conditions_hold(l, e) != NEVER && exit_shows(l, j->row, e) != NEVER;
}

static bool is_told(struct judging *j, struct leaving *l, const struct item *item)
{
	for (int i = 0; i < j->row->neffects; i++)
		if (is_about(j, l, &j->row->effects[i], item))
			return true;
	return false;
}

/*
 * What is in the result, or in a cell that a caller names, has a name. What was given back and had to be
 * looked up first may be what the body took under another name, and what a caller knows to be NULL is no lock.
 */
static bool is_handed_out(struct leaving *l, const struct item *item)
{
	sym_t s = item->a;

	if (item->kind == ITEM_GIVEN && (sym(l->w.eng, s)->kind == SYM_PURE || sym(l->w.eng, s)->kind == SYM_CONST))
		return false;
	if (is_named(l, s) || s == leaving_result(l))
		return true;
	for (int i = 0; i < l->x->exec->n; i++) {
		const struct bind *b = &l->x->exec->binds[i];

		if (bind_space(b->key) == SPACE_CELL && b->val == s && is_named(l, bind_id(b->key)))
			return true;
	}
	return false;
}

/* dropped, and taken again */
static bool is_back(const struct leaving *l, const struct item *item)
{
	for (int i = 0; i < l->x->prop->n; i++) {
		const struct item *other = &l->x->prop->items[i];

		if (other != item && other->a == item->a && other->kind == ITEM_GIVEN)
			return true;
		if (other != item && other->a == item->a && item->kind == ITEM_GIVEN &&
		    (other->kind == ITEM_LOCK || other->kind == ITEM_SLEEPER))
			return true;
	}
	return false;
}

static const char *left(const struct item *item)
{
	switch (item->kind) {
	case ITEM_LOCK:
		return "leaves a lock held";
	case ITEM_REGION:
		return "leaves a region open";
	case ITEM_SLEEPER:
		return "leaves a sleeping lock held";
	default:
		return item->flags == EFFECT_END ? "ends a region of its caller" :
		       item->flags == EFFECT_RELEASE ? "drops a sleeping lock of its caller" :
						       "drops a lock of its caller";
	}
}

static bool matters(const struct item *item)
{
	return item->kind == ITEM_LOCK || item->kind == ITEM_REGION || item->kind == ITEM_SLEEPER ||
	       item->kind == ITEM_GIVEN;
}

static bool is_sleeper(const struct item *item)
{
	return item->kind == ITEM_SLEEPER || (item->kind == ITEM_GIVEN && item->flags == EFFECT_RELEASE);
}

static void judge_item(struct judging *j, struct leaving *l, const struct item *item)
{
	bool nobody = item->kind == ITEM_REGION && l->x->prop->outside == OUTSIDE_ALONE;
	enum mn_verdict verdict = is_sleeper(item) || is_back(l, item) ? MN_WEAKER : MN_WRONG;

	if (!matters(item) || nobody || is_told(j, l, item))
		return;
	/* few rows speak of locks that are waited for asleep, and only where that matters */
	if (is_sleeper(item) && !row_effect(j->row, EFFECT_ACQUIRE) && !row_effect(j->row, EFFECT_RELEASE))
		return;
	if (!is_handed_out(l, item) && item->kind != ITEM_REGION) {
		if (!j->open)
			j->open = arena_printf(j->p->unit->arena, "it %s on a path to %s, which has no name "
					       "for its caller", left(item), place(j, l->x->loc));
		return;
	}
	decide(j, verdict, j->o, j->o->ctx, l->x->trail, arena_printf(j->p->unit->arena,
		"it %s on a path to %s, and the row does not say it", left(item), place(j, l->x->loc)));
}

/* a spinlock that is made of assembly shows as what it does to preemption */
static void judge_atomic(struct judging *j, struct leaving *l)
{
	int is = atomic_by_exit(l->x), said = 0, more = 0, less = 0;

	for (int i = 0; i < j->row->neffects; i++) {
		const struct effect *e = &j->row->effects[i];
		bool give = e->kind == EFFECT_LEAVE || e->kind == EFFECT_UNLOCK || e->kind == EFFECT_DROP;
		bool lock = e->kind == EFFECT_LOCK || e->kind == EFFECT_UNLOCK || e->kind == EFFECT_DROP;
		enum truth holds = conditions_hold(l, e);

		if (!lock && e->kind != EFFECT_ENTER && e->kind != EFFECT_LEAVE)
			continue;
		if (holds == ALWAYS && !lock)
			said += give ? -1 : 1;
		else if (holds != NEVER && !(lock && exit_shows(l, j->row, e) == ALWAYS))
			*(give ? &less : &more) += 1;
	}
	if (!is || (is >= said - less && is <= said + more))
		return;
	decide(j, MN_WRONG, j->o, j->o->ctx, l->x->trail, arena_printf(j->p->unit->arena,
		"sleeping is %s on a path to %s, and the row does not say it",
		is > said ? "forbidden" : "allowed again", place(j, l->x->loc)));
}

static void judge_left(struct judging *j)
{
	for (int i = 0; j->o->ctx && i < j->o->ctx->exits.n; i++) {
		struct leaving l = leaving_of(j->o, &j->o->ctx->exits.v[i]);

		if (l.x->lost & LOST_ANY || l.x->prop->forgot)
			continue;
		for (int k = 0; k < l.x->prop->n; k++)
			judge_item(j, &l, &l.x->prop->items[k]);
		judge_atomic(j, &l);
	}
}

/* ------------------------------------------------------------------ */
/* the row                                                              */

static void judge(struct judging *j, struct mn_func *func)
{
	struct assumption nothing = { 0, false, 0 };

	j->verdict = MN_NOT_COMPARABLE;
	j->what = j->shown = j->open = NULL;
	j->nevents = 0;
	j->o = observe(j->p, func, nothing, false);
	j->way = observe(j->p, func, nothing, true);
	for (int i = 0; i < j->row->neffects; i++)
		judge_effect(j, &j->row->effects[i]);
	judge_left(j);
	judge_omitted(j);
	if (j->shown)
		decide(j, MN_RIGHT, NULL, NULL, NULL, j->open ? arena_printf(j->p->unit->arena, "%s (not compared: %s)",
								       j->shown, j->open) : j->shown);
	if (!j->what)
		j->what = j->open;
	j->limited = j->o->given_up || j->way->given_up;
	observation_free(j->o);
	observation_free(j->way);
}

/* what a coarse look says is wrong, a closer one has to say, too, unless it comes to a limit */
static void judge_twice(struct judging *j, struct mn_func *func)
{
	struct judging first;

	judge(j, func);
	if (j->verdict == MN_RIGHT)
		return;
	first = *j;
	j->p->closely = true;
	judge(j, func);
	j->p->closely = false;
	if (j->limited)
		*j = first;
}

/* where an aggregate result goes is a parameter, too; most rows do not count it */
static bool is_of_row(const struct mn_unit *unit, const struct row *row, const struct mn_func *func)
{
	if (!is_source_name(row->name, func->name) || !func->blocks.n)
		return false;
	if (row->nargs < 0 || func->nparams == row->nargs)
		return true;
	return func->nparams == row->nargs + 1 &&
	       !contract_row(unit->contract, row->name, func->nparams, unit->kernels);
}

static void take(struct mn_proof *p, const struct judging *j, const struct mn_func *func)
{
	struct mn_proved *to = &p->proved;

	to->verdict = j->verdict < MN_EXPLAINED && j->row->differs ? MN_EXPLAINED : j->verdict;
	to->what = func->loc.file && strchr(func->name, LINK_MARK) ?
		   arena_printf(p->unit->arena, "%s (%s)", j->what, func->loc.file) : j->what;
	memcpy(to->events, j->events, sizeof(to->events));
	to->nevents = j->nevents;
}

const struct mn_proved *mn_proof_row(struct mn_proof *p, size_t i)
{
	const struct row *row = i < (size_t)p->rows.n ? p->rows.v[i] : NULL;
	struct judging j;

	if (!row)
		return NULL;
	memset(&j, 0, sizeof(j));
	memset(&p->proved, 0, sizeof(p->proved));
	p->proved.file = row->file;
	p->proved.line = row->line;
	p->proved.func = row->name;
	p->proved.verdict = MN_VERDICTS;
	p->proved.what = "no body here";
	j.p = p;
	j.row = row;
	for (int f = 0; f < p->unit->funcs.n; f++) {
		struct mn_proved before = p->proved;

		if (!is_of_row(p->unit, row, p->unit->funcs.v[f]))
			continue;
		judge_twice(&j, p->unit->funcs.v[f]);
		p->proved = before;
		if (j.verdict < before.verdict)
			take(p, &j, p->unit->funcs.v[f]);
	}
	if (p->proved.verdict == MN_VERDICTS)
		p->proved.verdict = MN_NOT_COMPARABLE;
	return &p->proved;
}

const char *mn_verdict_word(enum mn_verdict verdict)
{
	static const char *const words[MN_VERDICTS] = {
		"wrong", "weaker", "explained", "right", "not comparable",
	};

	return words[verdict];
}

/* ------------------------------------------------------------------ */
/* the proof                                                            */

struct mn_proof *mn_proof_new(struct mn_unit *whole)
{
	struct mn_arena *arena = whole->arena;
	struct mn_proof *p = arena_new_array(arena, struct mn_proof, 1);
	const struct row *row;
	char err[512];

	if (mn_validate(whole, err, sizeof(err))) {
		*vec_push(arena, &whole->trouble) = arena_printf(arena, "mncheck: internal: %s", err);
		return NULL;
	}
	p->unit = whole;
	bodies_begin(p);
	for (int i = 0; (row = contract_function(whole->contract, i)); i++)
		if (kernels_overlap(row->kernels, whole->kernels))
			*vec_push(arena, &p->rows) = row;
	return p;
}
