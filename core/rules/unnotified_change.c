// SPDX-License-Identifier: GPL-2.0-only
/*
 * unnotified_change.c - page table entries that change without a notification.
 *
 * There are four such mistakes. An entry that a secondary MMU may have is changed where no region
 * is open, neither on this path nor in a caller: known from what the contract says of the
 * function ("outside"), never guessed. And, in kernels where the flush of the CPU's
 * TLB does not flush secondary ones: an entry is cleared and set to another page under one lock
 * without a notification in between, and without one before the old page can be freed. And the
 * secondary MMUs that get a new entry (change_pte()) get it after the CPU: until then they read the old page.
 * And the CPUs' TLBs are flushed and the secondary ones are not, by the time the page is copied or by
 * the end of the region (an end that leaves that to its callers).
 */
#include "judging.h"

static enum message outside_message(enum entry_word what, bool after)
{
	switch (what) {
	case ENTRY_LESS:
		return after ? MESSAGE_DOWNGRADED_AFTER : MESSAGE_DOWNGRADED;
	case ENTRY_SET:
		return after ? MESSAGE_REPLACED_AFTER : MESSAGE_REPLACED;
	default:
		return after ? MESSAGE_CLEARED_AFTER : MESSAGE_CLEARED;
	}
}

/* the change has no notification, here or at the step of the path that made it. @after: .. the end of a region */
static void report_outside(const struct frame *f, struct work *w, enum entry_word what,
			   const struct step *where, bool after)
{
	struct frame at = *f;

	if (where)
		at.func = unit_func(f->eng->unit, where->func);
	finding_make(&at, w, where ? where->loc : f->at->loc, outside_message(what, after),
		     NULL, NULL);
	be_quiet(w, MN_RULE_UNNOTIFIED_CHANGE);
}

/* the entry that was cleared is not put back under the lock */
static void judge_not_back(const struct frame *f, struct work *w)
{
	const struct item *waits = entry_waits(&w->prop);
	const struct step *s = waits ? step_last(w->trail, STEP_CLEAR) : NULL;

	if (s)
		report_outside(f, w, ENTRY_CLEAR, s, waits->flags & ENTRY_AFTER);
}

/* what is done to the entry next decides about one that waits to be put back */
static void judge_waiting(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct item *waits = entry_waits(&w->prop);
	enum entry_word entry = ev->effect->entry;

	if (!waits)
		return;
	if (entry == ENTRY_SET && waits->a == ev->entry &&
	    entry_flags(f->eng, ev->value) & SYM_OLD_ENTRY)
		return;
	if (entry == ENTRY_CLEAR || waits->a == ev->entry)
		judge_not_back(f, w);
}

static void judge_change(const struct frame *f, struct work *w, struct event *ev)
{
	/* the failed start was reported: no more findings on this path */
	if (ev->quiet)
		be_quiet(w, MN_RULE_UNNOTIFIED_CHANGE);
	judge_waiting(f, w, ev);
	if (ev->outside && !cleared_for_now(w, ev) &&
	    !is_quiet(w, MN_RULE_UNNOTIFIED_CHANGE))
		report_outside(f, w, ev->taken, NULL, region_has_ended(&w->prop));
	ev->quiet |= is_quiet(w, MN_RULE_UNNOTIFIED_CHANGE);
}

static void judge_replaced(const struct frame *f, struct work *w, enum message m)
{
	const struct step *s;

	if (!item_of(&w->prop, ITEM_REPLACED))
		return;
	s = step_last(w->trail, STEP_REPLACE);
	if (s)
		finding_make(f, w, s->loc, m, NULL, NULL);
}

/* what the flush did not do is not done before @ev, which relies on it */
static void judge_flushed(const struct frame *f, struct work *w)
{
	const struct step *s;
	struct frame at = *f;

	if (!flush_untold(&w->prop) || is_quiet(w, MN_RULE_UNNOTIFIED_CHANGE))
		return;
	s = step_last(w->trail, STEP_FLUSH);
	if (!s)
		return;
	at.func = unit_func(f->eng->unit, s->func);
	finding_make(&at, w, s->loc, MESSAGE_FLUSHED_UNTOLD, s->name, f->at->name);
	be_quiet(w, MN_RULE_UNNOTIFIED_CHANGE);
}

/* the step of the event itself belongs to the path */
static void judge_unlock(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct step *trail = w->trail;
	const struct item *flushed = flush_untold(&w->prop);

	if (!drops_last_ptl(w, ev))
		return;
	if (flushed && flushed->flags & FLUSH_PENDING && flushed->flags & FLUSH_LOCKED &&
	    !prop_region_open(&w->prop))
		judge_flushed(f, w);
	step_add(w, STEP_UNLOCK, f->at->loc, f->func->name,
		 object_name(f, &ev->effect->object));
	judge_not_back(f, w);
	w->trail = trail;
}

static int open_regions(const struct work *w)
{
	int n = 0;

	for (int i = 0; i < w->prop.n; i++)
		n += w->prop.items[i].kind == ITEM_REGION;
	return n;
}

static void judge_end(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct step *trail = w->trail;

	if (!ev->effect->only)
		return;
	if (ev->end == END_OF_REGION || ev->end == END_OF_OTHER)
		step_add(w, STEP_END, f->at->loc, f->func->name, range_name(f, ev->effect));
	if (item_of(&w->prop, ITEM_REPLACED))
		judge_replaced(f, w, MESSAGE_REPLACED_UNTOLD);
	else if (open_regions(w) == 1)
		judge_flushed(f, w);
	w->trail = trail;
}

/* memory that is not the function's own holds the value: an entry was set to it */
static bool is_set(const struct engine *eng, const struct work *w, sym_t value)
{
	for (int i = 0; i < w->n && value; i++)
		if (bind_space(w->binds[i].key) == SPACE_CELL && w->binds[i].val == value &&
		    sym(eng, sym_base(eng, bind_id(w->binds[i].key)))->kind != SYM_LOCAL)
			return true;
	return false;
}

static void judge_announced(const struct frame *f, struct work *w, const struct event *ev)
{
	if (is_quiet(w, MN_RULE_UNNOTIFIED_CHANGE) ||
	    !is_set(f->eng, w, object_sym(f, w, &ev->effect->object)))
		return;
	judge_report(f, w, MESSAGE_SET_EARLY, f->at->name, NULL);
	be_quiet(w, MN_RULE_UNNOTIFIED_CHANGE);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *replaced = item_of(&w->prop, ITEM_REPLACED);

	switch (ev->effect->kind) {
	case EFFECT_CHANGE:
		judge_change(f, w, ev);
		break;
	case EFFECT_UNLOCK:
	case EFFECT_DROP:
		judge_unlock(f, w, ev);
		break;
	case EFFECT_NOTIFY:
		/*
		 * Notified, but a secondary TLB may have used the old page while the CPU wrote to
		 * the new one. That it comes after the unlock was reported already.
		 */
		if (prop_ptl_held(&w->prop))
			judge_replaced(f, w, MESSAGE_REPLACED_EARLY);
		break;
	case EFFECT_END:
		judge_end(f, w, ev);
		break;
	case EFFECT_COPIES:
		if (prop_region_open(&w->prop))
			judge_flushed(f, w);
		break;
	case EFFECT_ANNOUNCES:
		judge_announced(f, w, ev);
		break;
	default:		/* FREES */
		if (replaced && replaced->b != object_sym(f, w, &ev->effect->object) &&
		    prop_region_open(&w->prop))
			judge_replaced(f, w, MESSAGE_REPLACED_UNTOLD);
		break;
	}
}

const struct rule rule_UNNOTIFIED_CHANGE = {
	SEES(CHANGE) | SEES(UNLOCK) | SEES(DROP) | SEES(NOTIFY) | SEES(END) | SEES(FREES) |
	SEES(ANNOUNCES) | SEES(COPIES),
	0, at_event, NULL, NULL, NULL
};
