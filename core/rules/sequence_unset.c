// SPDX-License-Identifier: GPL-2.0-only
/*
 * sequence_unset.c - the callback of an interval notifier that does not set its sequence.
 *
 * A reader looks pages up and asks afterwards, under a lock, whether the sequence of its notifier has
 * changed. So the callback sets it, under that lock, whatever else it does: where it returns that
 * it is done and did not, the reader uses pages that are gone. An event that the owner of the
 * notifier caused itself may be ignored, and so may all of them where nobody reads. A function of another
 * file that is passed the value may set it. Where an object keeps a count and a sequence of its own, see counts.c and
 * count_pairs.c.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	(void)ev;
	if (!sequence_item(&w->prop) || holds_any_lock(w) || is_quiet(w, MN_RULE_SEQUENCE_UNSET) ||
	    unseen_silences(f, w, MN_RULE_SEQUENCE_UNSET, UNSEEN_OBJECT))
		return;
	judge_report(f, w, MESSAGE_SEQUENCE_UNLOCKED, f->at->name, NULL);
	be_quiet(w, MN_RULE_SEQUENCE_UNSET);
}

/* what @o names, as the callback was entered */
static sym_t owner_sym(struct engine *eng, const struct mn_func *func, const struct object *o)
{
	int64_t bits = o->type ? unit_offset(eng->unit, o->type, o->member) : -1;

	if (bits < 0 || o->arg > func->nparams)
		return SYM_NONE;
	return sym_content(eng, sym_addr(eng, sym_input(eng, o->arg - 1, SYM_STABLE), bits, 0), SYM_NONE);
}

/* the path found @s equal to something */
static bool is_somebodys(const struct work *w, sym_t s)
{
	for (int i = 0; s && i < w->n; i++) {
		const struct sym *x = sym(w->eng, bind_id(w->binds[i].key));

		if (bind_space(w->binds[i].key) == SPACE_FACT && x->kind == SYM_OP && x->op == MN_EQ &&
		    (x->a == s || x->b == s) && fact_true(w, bind_id(w->binds[i].key)) == ALWAYS)
			return true;
	}
	return false;
}

/* "possibly ignore the invalidation if the owner field matches" (the kernel, of its events) */
bool event_is_own(const struct work *w, const struct mn_func *func,
			 const struct callback *cb)
{
	for (int i = 0; i < cb->nowners; i++)
		if (is_somebodys(w, owner_sym(w->eng, func, &cb->owners[i])))
			return true;
	return false;
}

static void at_return(const struct frame *f, struct work *w, sym_t result, struct mn_loc loc)
{
	const struct callback *cb = f->ctx->callback;
	const struct item *item = cb ? sequence_item(&w->prop) : NULL;

	count_at_return(f, w, result, loc);
	if (!item || item->flags & SEQUENCE_SET || !callback_is_done(w, cb, result) ||
	    event_is_own(w, f->func, cb))
		return;
	if (item->flags & SEQUENCE_GIVEN) {
		unseen_silences(f, w, MN_RULE_SEQUENCE_UNSET, UNSEEN_SEQUENCE);
		return;
	}
	if (sequence_is_required(f->eng->unit, f->ctx->run->func))
		callback_finding(f, w, loc, MESSAGE_SEQUENCE_UNSET, cb->member, NULL);
}

const struct rule rule_SEQUENCE_UNSET = {
	SEES(SEQUENCE), 0, at_event, at_return, NULL, NULL
};
