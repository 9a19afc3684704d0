// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_nonblock.c - callbacks that may sleep only where blocking is allowed.
 *
 * A callback has to check that before it sleeps and before it fails, and keeps no lock when it
 * fails. A function in another file may have checked.
 */
#include <string.h>

#include "judging.h"

/* what a function that is not seen returned may be the answer */
static bool was_answered(const struct work *w)
{
	for (int i = 0; i < w->prop.n; i++)
		if (w->prop.items[i].kind == ITEM_CALLBACK &&
		    w->prop.items[i].flags & CALLBACK_ANSWERED)
			return true;
	return false;
}

/* ------------------------------------------------------------------ */
/* the second of two passes                                            */

static bool has_branch(const struct step *s)
{
	for (; s; s = s->prev)
		if (s->kind == STEP_TRUE || s->kind == STEP_FALSE || s->kind == STEP_CASE ||
		    (s->inner && has_branch(s->inner)))
			return true;
	return false;
}

/* nothing was looked at yet, where the first pass may have put an answer */
static bool is_whatever(const struct frame *f, const struct work *w)
{
	bool any = has_branch(w->trail);

	for (int i = 0; i < w->n; i++)
		any |= bind_space(w->binds[i].key) == SPACE_FACT;
	for (const struct context_run *ctx = f->ctx; ctx; ctx = ctx->caller)
		any |= has_branch(ctx->before);
	return !any;
}

static void second_sleeps(const struct frame *f, const struct work *w)
{
	const struct callback *cb = callback_around(f->ctx);

	if (cb && cb->second && is_whatever(f, w))
		context_root(f->ctx)->run->func->sleeps = true;
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *item = callback_item(w);
	enum truth may_block = callback_may_block(w);

	if (ev->effect->kind == EFFECT_RELEASE) {
		refusal_drop(f, w);
		return;
	}
	second_sleeps(f, w);
	if (may_block == MAYBE && was_answered(w) &&
	    unseen_silences(f, w, MN_RULE_CALLBACK_NONBLOCK, UNSEEN_ANSWER))
		return;
	if (item && !callback_is_atomic(item) && may_block != ALWAYS &&
	    (item->flags & CALLBACK_DROPPED || !refusal_covers(f)))
		callback_report_sleep(f, w, may_block == NEVER ? MESSAGE_CALLBACK_FORBIDDEN :
				      MESSAGE_CALLBACK_UNASKED);
}

/* ------------------------------------------------------------------ */
/* the return of the callback itself                                   */

static bool has_failed(const struct work *w, const struct callback *cb, sym_t result)
{
	enum truth t = fact_true(w, result);

	return (cb->fails == FAILS_IF_RET && t == ALWAYS) ||
	       (cb->fails == FAILS_IF_NOT_RET && t == NEVER);
}

static void report_kept(const struct frame *f, struct work *w, struct mn_loc loc,
			const struct item *lock, const char *member, bool fails)
{
	const struct step *s = step_of(w->trail, STEP_LOCK, lock->a);

	if (s && s->name)
		callback_finding(f, w, loc, fails ? MESSAGE_CALLBACK_HELD : MESSAGE_PASS_HELD, s->name, member);
	else
		callback_finding(f, w, loc, fails ? MESSAGE_CALLBACK_HELD_NONAME : MESSAGE_PASS_HELD_NONAME,
				 member, NULL);
}

/* whether the callback may sleep was neither asked nor, by sleeping, taken for granted */
static bool nobody_asked(const struct work *w)
{
	const struct item *item = callback_item(w);

	return item && callback_may_block(w) == MAYBE && !(item->flags & CALLBACK_TOLD) &&
	       !is_quiet(w, MN_RULE_CALLBACK_NONBLOCK);
}

static void at_return(const struct frame *f, struct work *w, sym_t result,
		      struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *lock;

	if (!cb) {
		refusal_note(f, w, result, loc);
		return;
	}
	lock = callback_lock_kept(&w->prop);
	if (lock && callback_is_done(w, cb, result) && callback_hands_on(w, cb) == ALWAYS)
		report_kept(f, w, loc, lock, cb->member, false);
	if (callback_is_done(w, cb, result))
		refusal_done(f, w);
	if (!has_failed(w, cb, result))
		return;
	if (lock)
		report_kept(f, w, loc, lock, cb->member, true);
	else if (callback_may_block(w) == ALWAYS)
		callback_finding(f, w, loc, MESSAGE_CALLBACK_FAILS, cb->member, NULL);
	else if (nobody_asked(w))
		callback_finding(f, w, loc, MESSAGE_CALLBACK_FAILS_UNASKED, cb->member, NULL);
}

/* ------------------------------------------------------------------ */
/* two passes                                                          */

/*
 * The second pass is told nothing of the range, and cannot fail: that it may sleep is asked by the first
 * one. @func is a first pass; the name of the member that is its second one, which sleeps whatever the
 * first one has left it; NULL: it does not, or is not known.
 */
static const char *second_that_sleeps(const struct mn_unit *unit, const struct mn_func *func)
{
	const char *member = NULL;

	for (int i = 0; i < unit->tables.n; i++) {
		const struct mn_table *table = unit->tables.v[i];
		const char *second = NULL;
		bool first = false;

		for (int k = 0; k < table->members.n; k++) {
			const struct table_member *m = &table->members.v[k];
			const struct mn_func *to = unit_func(unit, m->func);

			first |= !strcmp(m->func, func->name);
			if (to && to->sleeps)
				second = m->member;
		}
		if (first && !second)
			return NULL;
		if (first)
			member = second;
	}
	return member;
}

static void at_exit(struct engine *eng, struct context_run *ctx)
{
	const struct callback *cb = ctx->callback;
	const char *second;
	struct work *w;
	struct frame f;

	second = cb ? second_that_sleeps(eng->unit, ctx->run->func) : NULL;
	if (!second)
		return;
	memset(&f, 0, sizeof(f));
	f.eng = eng;
	f.ctx = ctx;
	f.func = ctx->run->func;
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];

		w = work_new(eng);
		work_load(w, x->prop, x->exec, x->trail, x->lost, NULL);
		if (callback_is_done(w, cb, work_get(w, bind_key(SPACE_ENV, 0))) &&
		    callback_hands_on(w, cb) == ALWAYS && callback_may_block(w) != ALWAYS && !was_answered(w) &&
		    !is_quiet(w, MN_RULE_CALLBACK_NONBLOCK))
			callback_finding(&f, w, x->loc, MESSAGE_PASS_SLEEPS, cb->member, second);
		work_free(w);
	}
}

const struct rule rule_CALLBACK_NONBLOCK = {
	SEES(SLEEPS) | SEES(RELEASE), 0, at_event, at_return, at_exit, NULL
};
