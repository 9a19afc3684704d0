// SPDX-License-Identifier: GPL-2.0-only
/*
 * unseen.c - what a function that is not seen may have done with what it is given.
 *
 * A range may have been started, ended or initialised there; a lock, or one that lies in the
 * structure that is passed, may have been dropped; a callback's range may have been asked whether
 * blocking is allowed. Nothing is concluded from what such a function seems not to have done. What a
 * rule would have said without it is noted, with the function's name, and "stats" shows it:
 * whoever has all files can decide it.
 */
#include "judging.h"

void unseen_note(const struct frame *f, struct work *w, enum unseen what)
{
	step_add(w, STEP_UNSEEN, f->at->loc, f->func->name, f->at->name)->context = (uint8_t)what;
}

/* a region that is open is lent; an ended one, or none so far, may be open afterwards */
static bool lend_region(struct work *w, sym_t base)
{
	bool known = false;

	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (!x->a || sym_base(w->eng, x->a) != base)
			continue;
		known |= x->kind == ITEM_REGION || x->kind == ITEM_INIT || x->kind == ITEM_ENDED;
		if (x->kind == ITEM_REGION)
			x->flags |= REGION_LENT;
		else if (x->kind == ITEM_ENDED || x->kind == ITEM_FAILED)
			prop_remove(&w->prop, x);
	}
	return known;
}

static bool is_lent(const struct work *w, sym_t base)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_REGION && w->prop.items[i].a &&
		    sym_base(w->eng, w->prop.items[i].a) == base)
			return true;
	return false;
}

/* a state in which it was given away does not merge with one in which it was not */
static void note_given(struct work *w, sym_t range, bool outside)
{
	struct item *init = prop_find(&w->prop, ITEM_INIT, range);

	if (!init)
		init = prop_add(w, ITEM_INIT, 0, range);
	init->flags = (uint16_t)(INIT_GIVEN | (init->flags & INIT_OUTSIDE) | (outside ? INIT_OUTSIDE : 0));
}

void unseen_range(const struct frame *f, struct work *w, sym_t arg, bool is_range)
{
	sym_t base = sym_base(w->eng, arg);
	bool outside = w->prop.region == ABSENT;

	if (!arg || (!lend_region(w, base) && !is_range))
		return;
	if (!is_lent(w, base) && w->prop.region == ABSENT)
		w->prop.region = UNKNOWN;
	note_given(w, arg, outside);
	unseen_note(f, w, UNSEEN_RANGE);
}

/* what was given away on the stack of a function is gone with it, and so is a region that it may have */
void unseen_leave(const struct frame *f, struct work *w)
{
	bool own = false, outside = f->ctx->prop->region == ABSENT;

	for (int i = 0; i < w->prop.n; i++) {
		const struct item *item = &w->prop.items[i];

		if (item->kind != ITEM_INIT || !(item->flags & INIT_GIVEN))
			continue;
		if (!item_is_own(f->eng, item))
			return;
		own = true;
		outside |= item->flags & INIT_OUTSIDE;
	}
	if (own && outside)
		w->prop.region = ABSENT;
}

/* is @lock what the source finds in the object at @base? */
static bool hangs_at(const struct work *w, sym_t lock, sym_t base)
{
	const struct sym *x = sym(w->eng, lock);

	if (x->kind == SYM_CONTENT && sym_base(w->eng, x->a) == base)
		return true;
	for (int i = 0; i < w->n; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL && w->binds[i].val == lock &&
		    sym_base(w->eng, bind_id(w->binds[i].key)) == base)
			return true;
	return false;
}

static void lend_lock(const struct frame *f, struct work *w, struct item *lock)
{
	bool asleep = lock->kind == ITEM_SLEEPER;

	if (!asleep && lock->flags != LOCK_SPIN)
		w->prop.ptl = UNKNOWN;
	if (!asleep)
		w->prop.atomic = UNKNOWN;
	unseen_note(f, w, asleep ? UNSEEN_SLEEPER : UNSEEN_LOCK);
	prop_remove(&w->prop, lock);
}

void unseen_lock(const struct frame *f, struct work *w, sym_t arg)
{
	sym_t base = sym_base(w->eng, arg);

	for (int i = w->prop.n - 1; arg && i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if ((x->kind == ITEM_LOCK || x->kind == ITEM_SLEEPER) &&
		    (x->a == arg || hangs_at(w, x->a, base)))
			lend_lock(f, w, x);
	}
}

/* the lock that the call drops, as a value of the function; MN_NONE: none */
static mn_val dropped_by(const struct frame *f, const struct mn_insn *call)
{
	const struct effect *e = row_effect(contract_row(f->eng->contract, call->name, call->nargs,
							 f->eng->unit->kernels), EFFECT_UNLOCK);

	return e && e->object.kind == OBJECT_ARG && e->object.arg <= call->nargs ? call->args[e->object.arg - 1] :
	       MN_NONE;
}

/* each lock that the function drops, and each variable that it loads one from: one for each of its values */
static bool *find_dropped(const struct frame *f)
{
	const struct mn_func *func = f->func;
	bool *dropped = arena_new_array(f->eng->arena, bool, func->values.n);

	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++)
			if (func->blocks.v[b].insns.v[i].op == MN_CALL)
				dropped[dropped_by(f, &func->blocks.v[b].insns.v[i])] = true;
	dropped[MN_NONE] = false;
	for (int b = 0; b < func->blocks.n; b++)
		for (int i = 0; i < func->blocks.v[b].insns.n; i++) {
			const struct mn_insn *insn = &func->blocks.v[b].insns.v[i];

			if (insn->op == MN_LOAD && dropped[insn->dst])
				dropped[insn->a] = true;
		}
	return dropped;
}

/* who is given what this function drops may have taken it */
void unseen_ptl(const struct frame *f, struct work *w)
{
	struct run *run = f->ctx->run;

	for (int i = 0; w->prop.ptl == ABSENT && i < f->at->nargs; i++) {
		if (!run->dropped)
			run->dropped = find_dropped(f);
		if (!run->dropped[f->at->args[i]])
			continue;
		w->prop.ptl = UNKNOWN;
		unseen_note(f, w, UNSEEN_LOCK);
	}
}

static const struct step *latest_of(const struct step *s, enum unseen what)
{
	while (s && (s->kind != STEP_UNSEEN || s->context != what))
		s = s->prev;
	return s;
}

bool unseen_silences(const struct frame *f, const struct work *w, enum mn_rule rule,
		     enum unseen what)
{
	const struct step *s = latest_of(w->trail, what);

	if (!s)
		s = latest_of(f->ctx->before, what);
	if (s)
		finding_silenced(f->eng, f->func->name, rule, s->name);
	return s;
}
