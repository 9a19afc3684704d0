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
	else if (!item->c && !(item->flags & READ_UNSEEN) && looked_before(w))
		report(f, w, MESSAGE_BEGIN_LATE);
}

static void judge_begin(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *old = read_of(w, object_sym(f, w, &ev->effect->object), SYM_NONE);

	if (old && old->c && !(old->flags & (READ_STALE | READ_UNSEEN)))
		report(f, w, MESSAGE_BEGIN_AGAIN);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	if (ev->effect->kind == EFFECT_RETRIES)
		judge_retry(f, w, ev);
	else
		judge_begin(f, w, ev);
}

/*
 * It is not seen what the function does. With an answer that is used it may have asked the retry; with none,
 * under a lock, it is what gives the pages to the device.
 */
void reading_unseen(const struct frame *f, struct work *w, sym_t arg)
{
	for (int i = w->prop.n - 1; i >= 0; i--) {
		struct item *x = &w->prop.items[i];

		if (x->kind != ITEM_READ || !arg || sym(f->eng, arg)->kind == SYM_CONST)
			continue;
		if (x->c == arg && result_is_used(f)) {
			prop_remove(&w->prop, x);
			continue;
		}
		if (x->c == arg && !(x->flags & READ_STALE) && holds_any_lock(w) &&
		    is_asked(f->eng, MN_RULE_RETRY_MISSING))
			report(f, w, MESSAGE_RETRY_MISSING);
		if (!(x->flags & READ_UNSEEN))
			unseen_note(f, w, UNSEEN_READER);
		x->flags |= READ_UNSEEN;
	}
}

const struct rule rule_RETRY_MISSING = {
	SEES(RETRIES) | SEES(BEGINS), SEES(BEGINS), at_event, NULL, NULL, NULL
};
