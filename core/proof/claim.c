// SPDX-License-Identifier: GPL-2.0-only
/*
 * claim.c - an effect of a row: do the exits of the body show it?
 *
 * What holds behind the call (a lock, a region, what is known of the result) is looked for at each exit:
 * it has to be there where the conditions of the effect hold, and not where they do not. What
 * happens on the way (a sleep, a change of an entry) only may happen.
 */
#include "proving.h"

bool is_of_exits(enum effect_kind kind)
{
	switch (kind) {
	case EFFECT_LOCK:
	case EFFECT_UNLOCK:
	case EFFECT_DROP:
	case EFFECT_ENTER:
	case EFFECT_LEAVE:
	case EFFECT_START:
	case EFFECT_END:
	case EFFECT_ACQUIRE:
	case EFFECT_RELEASE:
	case EFFECT_INIT:
	case EFFECT_PTL:
	case EFFECT_SAME:
	case EFFECT_SET:
	case EFFECT_NONZERO:
	case EFFECT_NEGATIVE:
	case EFFECT_WRITES:
		return true;
	default:
		return false;
	}
}

bool is_never_shown(enum effect_kind kind)
{
	switch (kind) {
	case EFFECT_PURE:
	case EFFECT_ASKS:
	case EFFECT_MAKES:
	case EFFECT_READS:
	case EFFECT_LEAF:
	case EFFECT_FAIL:
	case EFFECT_ASSERT:
		return true;
	default:
		return false;
	}
}

bool is_made_of_others(enum effect_kind kind)
{
	return is_to_be_said(kind) && kind != EFFECT_AWAITS && kind != EFFECT_REMOVES;
}

bool is_to_be_said(enum effect_kind kind)
{
	switch (kind) {
	case EFFECT_SLEEPS:
	case EFFECT_FAULTS:
	case EFFECT_CHANGE:
	case EFFECT_NOTIFY:
	case EFFECT_PAGE:
	case EFFECT_COPIES:
	case EFFECT_UNSHARES:
	case EFFECT_AWAITS:
	case EFFECT_REMOVES:
		return true;
	default:
		return false;
	}
}

/* ------------------------------------------------------------------ */
/* what an exit shows                                                   */

static const struct item *item_about(const struct prop *p, enum item_kind kind, sym_t a)
{
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind && (!a || p->items[i].a == a))
			return &p->items[i];
	return NULL;
}

/* the object itself; or, where it has no name, one of the kind may be it */
static enum truth shows_item(const struct leaving *l, enum item_kind kind, sym_t a)
{
	const struct prop *p = l->x->prop;
	bool named = is_named(l, a);

	if (a && item_about(p, kind, a))
		return ALWAYS;
	for (int i = 0; i < p->n; i++)
		if (p->items[i].kind == kind && !(named && is_named(l, p->items[i].a)))
			return MAYBE;
	return NEVER;
}

/* who waits asleep for a lock is known by the lock, or by what it is in */
static enum truth shows_in(struct leaving *l, enum item_kind kind, sym_t a)
{
	const struct prop *p = l->x->prop;
	enum truth any = NEVER;

	for (int i = 0; i < p->n; i++) {
		if (p->items[i].kind != kind)
			continue;
		any = MAYBE;
		if (a && sym_base(l->w.eng, p->items[i].a) == sym_base(l->w.eng, a))
			return ALWAYS;
	}
	return any;
}

static enum truth shows_region(struct leaving *l, const struct effect *e, enum item_kind kind)
{
	sym_t range = object_before(l, &e->object), mm = object_before(l, &e->mm);

	/* with nobody to call nothing is started, and nothing ends */
	if (l->x->prop->outside == OUTSIDE_ALONE)
		return MAYBE;
	if (range)
		return shows_item(l, kind, range);
	return kind == ITEM_GIVEN ? shows_item(l, kind, mm) :
	       item_about(l->x->prop, kind, SYM_NONE) ? ALWAYS : NEVER;
}

static enum truth shows_equal(sym_t a, sym_t b)
{
	return a && a == b ? ALWAYS : MAYBE;
}

static enum truth shows_written(struct leaving *l, sym_t base)
{
	for (int i = 0; i < l->x->exec->n; i++) {
		uint32_t key = l->x->exec->binds[i].key;

		if ((bind_space(key) == SPACE_CELL || bind_space(key) == SPACE_TAG) &&
		    sym_base(l->w.eng, bind_id(key)) == base)
			return ALWAYS;
	}
	return MAYBE;
}

static enum truth shows_negative(struct leaving *l, sym_t s)
{
	struct fact known = s ? fact_of(&l->w, s) : fact_any();

	return known.hi < 0 ? ALWAYS : known.lo >= 0 ? NEVER : MAYBE;
}

int atomic_by_exit(const struct outcome *x)
{
	int by = 0;

	for (int i = 0; i < CONTEXT_COUNT; i++)
		by += x->prop->count[i] - ENTERED;
	return by;
}

static enum truth truth_of(bool truth)
{
	return truth ? ALWAYS : NEVER;
}

static enum truth shows_value(struct leaving *l, const struct effect *e)
{
	sym_t value = object_after(l, &e->object);

	switch (e->kind) {
	case EFFECT_PTL:
		return sym(l->w.eng, value)->flags & SYM_IS_PTL ? ALWAYS : MAYBE;
	case EFFECT_SAME:
		return shows_equal(leaving_result(l), object_before(l, &e->object));
	case EFFECT_SET:
		return shows_equal(value, object_before(l, &e->value));
	case EFFECT_NONZERO:
		return value ? fact_true(&l->w, value) : MAYBE;
	case EFFECT_NEGATIVE:
		return shows_negative(l, value);
	default:
		return shows_written(l, sym_base(l->w.eng, object_before(l, &e->object)));
	}
}

static bool is_same_object(const struct object *a, const struct object *b)
{
	return a->kind == b->kind && a->arg == b->arg && a->type == b->type && a->member == b->member;
}

static bool gives(const struct effect *e)
{
	return e->kind == EFFECT_UNLOCK || e->kind == EFFECT_DROP;
}

/* does @row drop the object of @e and take it again? */
static bool is_broken(const struct row *row, const struct effect *e)
{
	bool drops = false, takes = false;

	for (int i = 0; i < row->neffects; i++) {
		const struct effect *x = &row->effects[i];
		bool same = is_same_object(&x->object, &e->object);

		drops |= same && gives(x);
		takes |= same && x->kind == EFFECT_LOCK;
	}
	return drops && takes;
}

/* .. which the body need not do: then the caller's lock is still held */
static enum truth stays_held(struct leaving *l, const struct row *row, const struct effect *e)
{
	sym_t before = object_before(l, &e->object), after = object_after(l, &e->object);

	if (!is_broken(row, e) || !before || item_about(l->x->prop, ITEM_GIVEN, before))
		return NEVER;
	return before == after ? ALWAYS : is_named(l, after) ? NEVER : MAYBE;
}

static enum truth shows_drop(struct leaving *l, const struct row *row, const struct effect *e)
{
	enum truth given = shows_item(l, ITEM_GIVEN, object_before(l, &e->object));

	return given == NEVER && stays_held(l, row, e) != NEVER ? MAYBE : given;
}

static enum truth shows_lock(struct leaving *l, const struct row *row, const struct effect *e)
{
	enum truth stays = stays_held(l, row, e), held = shows_item(l, ITEM_LOCK, object_after(l, &e->object));

	return stays > held ? stays : held;
}

enum truth exit_shows(struct leaving *l, const struct row *row, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_LOCK:
		return shows_lock(l, row, e);
	case EFFECT_UNLOCK:
	case EFFECT_DROP:
		return shows_drop(l, row, e);
	case EFFECT_ENTER:
		return truth_of(atomic_by_exit(l->x) > 0);
	case EFFECT_LEAVE:
		return truth_of(atomic_by_exit(l->x) < 0);
	case EFFECT_START:
		return shows_region(l, e, ITEM_REGION);
	case EFFECT_END:
		return shows_region(l, e, ITEM_GIVEN);
	case EFFECT_ACQUIRE:
		return shows_in(l, ITEM_SLEEPER, object_after(l, &e->object));
	case EFFECT_RELEASE:
		return shows_in(l, ITEM_GIVEN, object_before(l, &e->object));
	case EFFECT_INIT:
		return shows_item(l, ITEM_INIT, object_before(l, &e->object));
	default:
		return shows_value(l, e);
	}
}

/* ------------------------------------------------------------------ */
/* all exits                                                            */

/* whether it is so is a matter of each path, and not of one of them */
static bool is_of_each(enum effect_kind kind)
{
	return kind == EFFECT_SAME || kind == EFFECT_SET || kind == EFFECT_NONZERO ||
	       kind == EFFECT_NEGATIVE || kind == EFFECT_PTL;
}

/* what is not so where it need not be is no mistake */
static bool may_be_beyond(enum effect_kind kind)
{
	return is_of_each(kind) || kind == EFFECT_WRITES || kind == EFFECT_INIT;
}

struct claim claim_of_exits(const struct observation *o, const struct row *row, const struct effect *e)
{
	const struct outcome *missing = NULL, *beyond = NULL;
	int shown = 0, open = 0, possible = 0;
	struct claim claim;

	memset(&claim, 0, sizeof(claim));
	for (int i = 0; o->ctx && i < o->ctx->exits.n; i++) {
		struct leaving l = leaving_of(o, &o->ctx->exits.v[i]);
		enum truth holds = conditions_hold(&l, e), shows = exit_shows(&l, row, e);

		/* what it has lost may be what is asked for */
		if (l.x->lost & LOST_ANY || l.x->prop->forgot) {
			open++;
			continue;
		}
		if (holds == ALWAYS && shows == NEVER && e->kind != EFFECT_DROP && !missing)
			missing = l.x;
		if (holds == NEVER && shows == ALWAYS && !may_be_beyond(e->kind) && !beyond)
			beyond = l.x;
		shown += holds == ALWAYS && shows == ALWAYS;
		open += (holds == MAYBE && shows != NEVER) || (holds == ALWAYS && shows == MAYBE);
		possible += holds != NEVER;
	}
	claim.at = beyond ? beyond : missing;
	claim.is = beyond ? CLAIM_BEYOND : missing ? CLAIM_MISSING :
		   shown && !(open && is_of_each(e->kind)) ? CLAIM_SHOWN : CLAIM_OPEN;
	/* if no exit has it, it may be made of what is not seen */
	if (!beyond && !shown && !open && possible && e->kind != EFFECT_DROP) {
		claim.is = CLAIM_MISSING;
		claim.at = NULL;
	}
	return claim;
}
