// SPDX-License-Identifier: GPL-2.0-only
/*
 * retry_missing.c - pages that were looked up, and no retry that speaks for them.
 *
 * A retry speaks for the pages that were looked up after its sequence was read, and once. So the
 * pages go nowhere before it was asked, the sequence is read before them and anew in each round, and a second
 * one is not read before the first was asked for. Pages that are only thrown away need no retry.
 */
#include "judging.h"

static void report(const struct frame *f, struct work *w, enum message m)
{
	if (is_quiet(w, MN_RULE_RETRY_MISSING))
		return;
	judge_report(f, w, m, f->at->name, NULL);
	be_quiet(w, MN_RULE_RETRY_MISSING);
}

static bool looked_before(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_LOOKUP)
			return true;
	return false;
}

static void judge_retry(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *item = read_of(w, object_sym(f, w, &ev->effect->object),
					  object_sym(f, w, &ev->effect->value));

	if (!item)
		return;
	if (item->flags & READ_STALE)
		report(f, w, MESSAGE_SEQUENCE_STALE);
	else if (!has_looked(item) && !(item->flags & READ_UNSEEN) && looked_before(w))
		report(f, w, MESSAGE_BEGIN_LATE);
}

/* @start is where the last pages end, or both starts are one value, plus different numbers */
static bool lies_apart(const struct engine *eng, const struct item *read, sym_t start)
{
	int64_t off, other;

	if (start == read->e)
		return true;
	return sym_linear(eng, read->d, &off) == sym_linear(eng, start, &other) && off != other;
}

/*
 * The pages that were looked up with the last sequence stay, where these lie elsewhere: from the same start on
 * they are looked up anew. It is told where the sequence was read again.
 */
static void judge_lookup(const struct frame *f, struct work *w, const struct event *ev)
{
	sym_t range = object_sym(f, w, &ev->effect->object), start = object_sym(f, w, &ev->effect->start);
	struct frame at = *f;

	for (int i = 0; i < w->prop.n && !is_quiet(w, MN_RULE_RETRY_MISSING); i++) {
		const struct item *item = &w->prop.items[i];
		const struct step *s;

		if (!speaks_for(w, item, range) || !(item->flags & READ_AGAIN) || item->c != range ||
		    !lies_apart(f->eng, item, start))
			continue;
		s = step_of(w->trail, STEP_READ, item->a);
		if (!s)
			continue;
		at.func = unit_func(f->eng->unit, s->func);
		finding_make(&at, w, s->loc, MESSAGE_BEGIN_AGAIN, s->name, NULL);
		be_quiet(w, MN_RULE_RETRY_MISSING);
	}
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (ev->effect->kind == EFFECT_RETRIES)
		judge_retry(f, w, ev);
	else
		judge_lookup(f, w, ev);
}

/* the latest lookup on the path, in a callee or not */
static const struct step *lookup_on(const struct step *s)
{
	const struct step *found = NULL;

	for (; s && !found; s = s->prev)
		found = s->kind == STEP_LOOKUP ? s : lookup_on(s->inner);
	return found;
}

static bool used_under_lock(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_READ && w->prop.items[i].flags & READ_LOCKED &&
		    !(w->prop.items[i].flags & READ_STALE))
			return true;
	return false;
}

/* the function that read the sequence returns: who asks now is late. It is told where the pages were looked up */
static void at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct step *s;
	struct frame at = *f;

	(void)loc;
	if (fact_true(w, result) == ALWAYS) {
		reading_fails(w);
		return;
	}
	if (reading_of(f->ctx->prop) || !used_under_lock(w) || is_quiet(w, MN_RULE_RETRY_MISSING))
		return;
	s = lookup_on(w->trail);
	if (!s)
		return;
	at.func = unit_func(f->eng->unit, s->func);
	finding_make(&at, w, s->loc, MESSAGE_RETRY_MISSING, s->name, NULL);
	be_quiet(w, MN_RULE_RETRY_MISSING);
}

/* can who is passed @arg ask the retry? It needs the sequence, or where that is stored */
static bool can_ask(const struct work *w, const struct item *read, sym_t arg)
{
	return arg == read->a || arg == read->c || is_kept_in(w, read->a, arg);
}

/* it is not seen what the function does: with an answer that is used it may have asked the retry */
void reading_unseen(const struct frame *f, struct work *w, sym_t arg)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (x->kind != ITEM_READ || sym(f->eng, arg)->kind == SYM_CONST)
			continue;
		if (result_is_used(f) && can_ask(w, x, arg)) {
			prop_remove(&w->prop, x);
			continue;
		}
		if (!(x->flags & READ_UNSEEN))
			unseen_note(f, w, UNSEEN_READER);
		x->flags |= READ_UNSEEN;
	}
}

const struct rule rule_RETRY_MISSING = {
	SEES(RETRIES) | SEES(LOOKS), SEES(BEGINS), at_event, at_return, NULL, NULL
};
