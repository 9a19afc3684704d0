// SPDX-License-Identifier: GPL-2.0-only
/*
 * effects.c - what a row of the contract does to the states at a call.
 *
 * The effects of a row happen in their order in every state of the call: each is an event,
 * shown to the rules and then applied. An
 * effect under a condition that a state cannot decide splits it in two: in one
 * half the condition is known to hold and the effect has happened, in the other neither. A
 * later branch on the result then keeps one half only; that is all there is to
 * "holds the lock if it returned true".
 */
#include <string.h>

#include "judging.h"

typedef void (*event_fn)(const struct frame *f, struct work *w, struct event *ev);

static const struct {
	event_fn see, apply;
} events[EFFECT_COUNT] = {
#define MN_EFFECT(kind, word, takes, query, back, see, apply) { see, apply },
#include "effects.def"
#undef MN_EFFECT
};

/* what a caller held, and the event gives back; SYM_NONE: nothing */
static sym_t given_back(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct effect *e = ev->effect;
	sym_t lock;

	if (e->kind == EFFECT_END)
		return ev->end == END_OF_REGION || ev->end == END_OF_FAILED ? SYM_NONE :
		       ev->range.a ? ev->range.a : ev->range.b;
	for (int i = 0; e->kind == EFFECT_RELEASE && i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_SLEEPER)
			return SYM_NONE;
	if (e->kind == EFFECT_RELEASE)
		return object_sym(f, w, &e->object);
	if (e->kind != EFFECT_UNLOCK && e->kind != EFFECT_DROP)
		return SYM_NONE;
	lock = object_sym(f, w, &e->object);
	/* if it is another one that it drops, nobody knows any more which are held */
	if (ev->lock)
		w->prop.forgot |= ev->lock->a != lock;
	return ev->lock || fact_true(w, lock) == NEVER ? SYM_NONE : lock;
}

static void happen(const struct frame *f, struct work *w, const struct effect *e)
{
	const struct step *before = w->trail;
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.effect = e;
	if (f->eng->collects)
		held_collect(f, w, e);
	events[e->kind].see(f, w, &ev);
	event_show(f, w, &ev);
	if (f->eng->witness)
		f->eng->witness->see(f->eng->witness, f, w, e, given_back(f, w, &ev));
	events[e->kind].apply(f, w, &ev);
	steps_close(w, before, f->at->name);
	w->prop.quiet &= ~f->eng->speak_again[e->kind];
}

/* an argument that is not constant says nothing */
static bool argument_has(const struct frame *f, const struct work *w,
			 const struct cond *c)
{
	struct fact known = fact_of(w, argument(f, w, c->arg));

	return known.lo == known.hi && (known.lo & c->value) == c->value;
}

/* the value that a condition is about, and what it has to be */
static sym_t condition(const struct frame *f, struct work *w,
		       const struct cond *c, bool *negated)
{
	sym_t ret = result_sym(f, w);

	*negated = c->kind == COND_RET_FALSE || c->kind == COND_ARG_FALSE;
	switch (c->kind) {
	case COND_RET_TRUE:
	case COND_RET_FALSE:
		return ret;
	case COND_RET_IS:
		return sym_op(f->eng, MN_EQ, ret, sym_const(f->eng, c->value));
	case COND_ARG_TRUE:
	case COND_ARG_FALSE:
		return argument(f, w, c->arg);
	case COND_ARG_HAS:
		return sym_const(f->eng, argument_has(f, w, c));
	default:
		return sym_const(f->eng, 1);
	}
}

static struct fact truth_fact(bool truth)
{
	return truth ? fact_nonzero() : fact_is(0);
}

/* does the effect happen in @w? where both can be, @w is the half where it does */
static bool decide(const struct frame *f, struct work *w, const struct cond *c,
		   struct works *works)
{
	bool negated;
	sym_t s = condition(f, w, c, &negated);
	enum truth t = fact_true(w, s);
	struct work *other;

	if (t != MAYBE)
		return (t == ALWAYS) != negated;
	if (works->n == WORKS_MAX) {
		give_up(f->eng, f->ctx->run, "too many states at one call");
		return false;
	}
	other = work_copy(w);
	if (fact_learn(other, s, truth_fact(negated)))
		works->v[works->n++] = other;
	else
		work_free(other);
	fact_learn(w, s, truth_fact(!negated));
	return true;
}

/* effects that matter in some states only split no others */
static bool is_ignored(const struct frame *f, struct work *w, const struct effect *e)
{
	if (e->kind == EFFECT_TRIES)
		return !is_seen(w->eng, EFFECT_TAKES) || !prop_region_open(&w->prop);
	if (e->kind == EFFECT_INSERTS)
		return !is_asked(w->eng, MN_RULE_NOTIFIER_LIFETIME);
	/* what the kernel says of its callers is nothing that a body does */
	if (w->eng->witness)
		return e->kind == EFFECT_ASSERT;
	return callback_ignores(f, w, e);
}

static void apply_to_all(const struct frame *f, const struct effect *e,
			 struct works *works)
{
	int n = works->n;

	/* who gives back a pointer with the lock, gives back no error */
	if (e->kind == EFFECT_LOCK && e->cond[0].kind != COND_RET_FALSE)
		sym_mark(f->eng, result_sym(f, works->v[0]), SYM_POINTER);
	for (int i = 0; i < n; i++)
		if (!is_ignored(f, works->v[i], e) &&
		    decide(f, works->v[i], &e->cond[0], works) &&
		    decide(f, works->v[i], &e->cond[1], works))
			happen(f, works->v[i], e);
}

static void set_result(const struct frame *f, struct work *w,
		       const struct row *row)
{
	sym_t value = SYM_NONE, place = result_place(f, w);

	for (int i = 0; i < row->neffects; i++) {
		const struct effect *e = &row->effects[i];

		if (e->kind == EFFECT_SAME)
			value = object_sym(f, w, &e->object);
		else if (e->kind == EFFECT_PURE || e->kind == EFFECT_ASKS ||
			 e->kind == EFFECT_MAKES)
			value = frame_pure(f, w, e->as ? arena_intern(f->eng->unit->arena, e->as) :
					   f->at->name);
		if (e->kind == EFFECT_MAKES)
			sym_mark(f->eng, value, made_flags(f, w, e));
	}
	frame_result(f, w, place ? SYM_NONE : value);
	if (place && row->nargs >= 0) {
		work_forget(w, sym_base(f->eng, place),
			    sym_born(f->eng, frame_site(f), birth(BIRTH_PLACE, 0)));
		work_write(w, place, value);
	}
}

static bool sleeps_always(const struct row *row)
{
	for (int i = 0; i < row->neffects; i++)
		if (row->effects[i].kind == EFFECT_SLEEPS && row->effects[i].cond[0].kind == COND_ALWAYS)
			return true;
	return false;
}

/*
 * Over so many files a path that sleeps with a spinlock held is none: which way a function of another file goes
 * depends on what is not seen, and of those that there are the kernel itself tells (might_sleep()).
 */
static bool cannot_be(const struct engine *eng, const struct row *row, const struct prop *before)
{
	return !is_driver(eng->unit) && prop_atomic(before) && sleeps_always(row);
}

void row_apply(const struct frame *f, const struct row *row, struct works *works)
{
	struct prop before;

	prop_copy(&before, &works->v[0]->prop);
	for (int i = 0; i < works->n; i++)
		set_result(f, works->v[i], row);
	for (int i = 0; i < row->neffects; i++)
		apply_to_all(f, &row->effects[i], works);
	for (int i = 0; i < works->n; i++)
		trace_change(f, &before, works->v[i]);
	while (cannot_be(f->eng, row, &before) && works->n)
		work_free(works->v[--works->n]);
}
