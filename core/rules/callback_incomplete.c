// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback_incomplete.c - callbacks that say that they are done, and may not be.
 *
 * A callback waits until its device has stopped using the pages. A wait that a signal may end has not
 * waited where its result is below 0. The mm gives the pages away when the callback returns, whoever the
 * signal was for: so the result is checked, and the callback waits again, without being interrupted. A wait with a
 * timeout has not waited where its result is 0: so the callback does something else then, and whatever is not seen
 * may be that. Only the last wait counts: what each waits for is not known. Nor has a callback done anything where it
 * queued work and returned.
 */
#include <string.h>

#include "judging.h"

/* what a wait returns that a signal has ended: -ERESTARTSYS or -EINTR (include/linux/errno.h) */
static bool may_be_signal(struct work *w, sym_t result)
{
	static const int errors[] = { -512, -4 };

	for (int i = 0; i < 2; i++)
		if (fact_true(w, sym_op(w->eng, MN_EQ, result, sym_const(w->eng, errors[i]))) == NEVER)
			return false;
	return fact_of(w, result).lo < 0;
}

/* MESSAGE_ANY: it was not */
static enum message wait_cut_short(struct work *w)
{
	const struct item *wait = last_wait(w);

	if (wait && wait->flags & WAIT_SIGNAL && may_be_signal(w, wait->a))
		return MESSAGE_CALLBACK_INTERRUPTED;
	return wait && wait->flags & WAIT_TIMED && fact_true(w, wait->a) != ALWAYS ? MESSAGE_CALLBACK_EXPIRED :
	       MESSAGE_ANY;
}

/*
 * A member of the table that has @func, but another, is called for each change as well: what the callback leaves
 * out may be done there.
 */
static bool has_partner(const struct mn_unit *unit, const struct mn_func *func)
{
	for (int i = 0; i < unit->tables.n; i++) {
		const struct mn_table *table = unit->tables.v[i];
		bool own = false, other = false;

		for (int k = 0; k < table->members.n; k++) {
			const struct table_member *m = &table->members.v[k];
			bool is_own = !strcmp(m->func, func->name);

			own |= is_own;
			other |= !is_own && member_invalidates(table, m);
		}
		if (own && other)
			return true;
	}
	return false;
}

/*
 * Nothing was done but that work was queued. Where the path changed nothing that a reader may look at, no
 * more is needed; that readers retry may be enough where no device has the pages, and then work that frees
 * something is right: but not work that is told the range. A callback that is called behind the change is right
 * where its driver has references to the pages.
 */
static bool is_left_to_work(const struct frame *f, struct work *w, const struct callback *cb)
{
	const struct item *idle = idle_item(&w->prop);
	bool before = cb->fails != FAILS_NEVER || cb->atomic == PRESENT;

	return idle && before && idle->flags & IDLE_QUEUED &&
	       (idle->flags & IDLE_HANDED || !(idle->flags & IDLE_CHANGED)) &&
	       !event_is_own(w, f->func, cb) && !has_partner(f->eng->unit, f->func);
}

static bool gives_away(struct work *w, const struct callback *cb, sym_t result)
{
	return cb && (cb->invalidates || cb->sequence || cb->second) && callback_is_done(w, cb, result) &&
	       callback_hands_on(w, cb) == NEVER;
}

static void report_queued(const struct frame *f, struct work *w, const struct callback *cb, struct mn_loc loc)
{
	const struct step *s = step_last(w->trail, STEP_QUEUE);

	if (s)
		callback_finding(f, w, loc, MESSAGE_CALLBACK_QUEUED, cb->member, s->name);
}

static void at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *idle = idle_item(&w->prop);
	const struct step *s;
	enum message cut;

	leaves_at_return(f, w);
	if (!gives_away(w, cb, result))
		return;
	cut = wait_cut_short(w);
	s = cut ? step_last(w->trail, STEP_WAIT) : NULL;
	if (s)
		callback_finding(f, w, loc, cut, cb->member, s->name);
	else if (idle && !(idle->flags & IDLE_ASKED) && is_left_to_work(f, w, cb))
		report_queued(f, w, cb, loc);
}

/* who looks at what an object holds may find that there is nothing to do: unless the callback never does anything */
static void at_exit(struct engine *eng, struct context_run *ctx)
{
	struct work *w;
	struct frame f;

	if (!ctx->callback || ctx->run->does || ctx->run->given_up)
		return;
	memset(&f, 0, sizeof(f));
	f.eng = eng;
	f.ctx = ctx;
	f.func = ctx->run->func;
	for (int i = 0; i < ctx->exits.n; i++) {
		const struct outcome *x = &ctx->exits.v[i];
		const struct item *idle;

		w = work_new(eng);
		work_load(w, x->prop, x->exec, x->trail, x->lost, NULL);
		idle = idle_item(&w->prop);
		if (idle && idle->flags & IDLE_ASKED &&
		    gives_away(w, ctx->callback, work_get(w, bind_key(SPACE_ENV, 0))) &&
		    is_left_to_work(&f, w, ctx->callback))
			report_queued(&f, w, ctx->callback, x->loc);
		work_free(w);
	}
}

const struct rule rule_CALLBACK_INCOMPLETE = { 0, 0, NULL, at_return, at_exit, NULL };
