// SPDX-License-Identifier: GPL-2.0-only
/*
 * effect.c - what a row of the contract does to the states at a call.
 *
 * The effects of a row are applied in their order to every state in flight. An
 * effect under a condition that a state cannot decide splits it in two: in one
 * half the condition is known to hold and the effect has happened, in the other neither. A
 * later branch on the result then keeps one half only; that is all there is to
 * "holds the lock if it returned true". Events of regions are judge.c's.
 */
#include <string.h>

#include "judge_callback.h"
#include "judge_entry.h"

/* ------------------------------------------------------------------ */
/* values and entries                                                  */

static void set_cell(const struct frame *f, struct work *w,
		     const struct effect *e)
{
	sym_t value = object_sym(f, w, &e->value);

	if (!value)
		value = sym_born(f->eng, frame_site(f), birth(BIRTH_VALUE, 0));
	work_write(w, object_addr(f, w, &e->object), value);
}

/* a member whose address was given is written alone, the other members stay */
static void write_object(const struct frame *f, struct work *w,
			 const struct effect *e)
{
	sym_t addr = object_sym(f, w, &e->object), base = sym_base(f->eng, addr);
	sym_t tag = sym_born(f->eng, frame_site(f), birth(BIRTH_CONTENTS, 0));

	if (addr != base)
		work_write(w, addr, sym_content(f->eng, addr, tag));
	else
		work_forget(w, base, tag);
}

/* others may have written to it since it was read last: what it holds is what came out now */
static void read_again(const struct frame *f, struct work *w, const struct effect *e)
{
	sym_t now = result_sym(f, w);

	sym_mark(f->eng, now, SYM_OLD_ENTRY);
	work_write(w, object_addr(f, w, &e->object), now);
}

static void change_entry(const struct frame *f, struct work *w,
			 const struct effect *e)
{
	struct item *level;

	if (e->entry && f->ctx->judged)
		judge_change(f, w, e);
	/* one that names no entry drops the locks that it takes */
	if (e->entry && !e->object.kind) {
		mark_regions_used(&w->prop);
		return;
	}
	level = prop_find(&w->prop, ITEM_LEVEL, SYM_NONE);
	if (!level)
		level = prop_add(w, ITEM_LEVEL, LEVEL_NONE, SYM_NONE);
	/* the last change is the one that a notification is about */
	level->flags = (uint16_t)e->level;
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_REGION && e->level > LEVEL_PTE)
			w->prop.items[i].flags |= REGION_HUGE;
	mark_regions_used(&w->prop);
}

static void initialise(const struct frame *f, struct work *w,
		       const struct effect *e)
{
	sym_t range = object_sym(f, w, &e->object);
	struct item again;

	memset(&again, 0, sizeof(again));
	again.a = range;
	fact_learn(w, range, fact_nonzero());
	forget_failed(&w->prop, &again);
	if (range && !prop_find(&w->prop, ITEM_INIT, range))
		prop_add(w, ITEM_INIT, 0, range);
}

static struct item range_of(const struct frame *f, struct work *w,
			    const struct effect *e)
{
	struct item range;

	memset(&range, 0, sizeof(range));
	range.kind = ITEM_REGION;
	range.a = object_sym(f, w, &e->object);
	range.b = object_sym(f, w, &e->mm);
	range.c = object_sym(f, w, &e->start);
	range.d = object_sym(f, w, &e->end);
	range.site = frame_site(f);
	return range;
}

/* ------------------------------------------------------------------ */
/* rows                                                                */

/* false if it is none of them */
static bool apply_to_regions(const struct frame *f, struct work *w,
			     const struct effect *e)
{
	struct item range = range_of(f, w, e);

	switch (e->kind) {
	case EFFECT_FAIL:
	case EFFECT_BEGIN:
		judge_begin(f, w, e, &range);
		if (e->kind == EFFECT_BEGIN)
			entry_begin(w);
		return true;
	case EFFECT_END:
		judge_end(f, w, e, &range);
		entry_end(f, w, e->only);
		return true;
	case EFFECT_NOTIFY:
		judge_notify(f, w, &range);
		entry_notified(f, w);
		return true;
	case EFFECT_PAGE:
		judge_page(f, w);
		/* that it is the wrong call is one mistake, told already */
		entry_told(w);
		return true;
	case EFFECT_INIT:
		initialise(f, w, e);
		return true;
	default:
		return false;
	}
}

static void apply(const struct frame *f, struct work *w, const struct effect *e)
{
	if (effect_of_lock(f, w, e) || apply_to_regions(f, w, e))
		return;
	switch (e->kind) {
	case EFFECT_SET:
		set_cell(f, w, e);
		break;
	case EFFECT_WRITES:
		write_object(f, w, e);
		break;
	case EFFECT_CHANGE:
		if (judge_change_of_failed(f, w))
			w->prop.quiet |= 1u << MN_RULE_UNNOTIFIED_CHANGE;
		change_entry(f, w, e);
		break;
	case EFFECT_FREES:
		judge_frees(f, w, object_sym(f, w, &e->object));
		break;
	case EFFECT_OUTSIDE:
		learn_outside(f, w, object_sym(f, w, &e->object));
		break;
	case EFFECT_READS:
		read_again(f, w, e);
		break;
	case EFFECT_ALONE:
		w->prop.outside = OUTSIDE_ALONE;
		break;
	case EFFECT_NONZERO:
		fact_learn(w, object_sym(f, w, &e->object), fact_nonzero());
		break;
	case EFFECT_NEGATIVE:
		fact_learn(w, object_sym(f, w, &e->object), fact_between(INT64_MIN, -1));
		break;
	case EFFECT_ACQUIRE:
		callback_acquire(f, w, e);
		break;
	case EFFECT_RELEASE:
		callback_release(f, w, e);
		break;
	case EFFECT_SLEEPS:
		judge_callback_sleep(f, w);
		f->ctx->sleeps |= !prop_atomic(&w->prop);
		learn_may_sleep(&w->prop);
		break;
	default:
		break;		/* set_result() did it; NOTHING */
	}
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

static void apply_to_all(const struct frame *f, const struct effect *e,
			 struct works *works)
{
	int n = works->n;

	for (int i = 0; i < n; i++)
		if (!callback_ignores(works->v[i], e) &&
		    decide(f, works->v[i], &e->cond[0], works) &&
		    decide(f, works->v[i], &e->cond[1], works))
			apply(f, works->v[i], e);
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
			value = frame_pure(f, w, e->as ? arena_intern(f->eng->arena, e->as) :
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

void effect_apply(const struct frame *f, const struct row *row,
		  struct works *works)
{
	struct prop before;

	prop_copy(&before, &works->v[0]->prop);
	for (int i = 0; i < works->n; i++)
		set_result(f, works->v[i], row);
	for (int i = 0; i < row->neffects; i++)
		apply_to_all(f, &row->effects[i], works);
	for (int i = 0; i < works->n; i++)
		trace_change(f, &before, works->v[i]);
}
