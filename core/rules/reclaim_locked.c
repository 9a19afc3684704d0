// SPDX-License-Identifier: GPL-2.0-only
/*
 * reclaim_locked.c - what may wait for a callback, with a lock held that the callback takes, or in the
 * callback.
 *
 * Whoever allocates memory may have to reclaim some, and then notifiers are called for the pages that
 * go: "only really GFP_ATOMIC is a safe choice, GFP_NOIO isn't good enough" (the kernel, of the annotation
 * that lockdep has for it). The same holds for a page fault; and notifiers are called under the mmap lock. So
 * none of that is done with a lock held that a callback takes, nor in a callback, which also
 * waits for no page's lock and drops no last reference of an mm: its caller may have the one, and the
 * other waits for it. Where it was said that nothing is to be reclaimed, nothing is.
 */
#include "judging.h"

struct wait {
	enum message locked, inside;
	bool for_reclaim;		/* who calls it for another reason has the mmap lock, but need not
					 * reclaim, or have a page locked */
};

static struct item *spared(struct prop *p)
{
	return prop_find(p, ITEM_SPARED, SYM_NONE);
}

void apply_spares(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *item = spared(&w->prop);

	(void)ev;
	if (!f->eng->unit->awaits)
		return;
	if (!item)
		item = prop_add(w, ITEM_SPARED, 0, SYM_NONE);
	item->flags += item->flags < COUNT_MAX;
}

void apply_resumes(const struct frame *f, struct work *w, struct event *ev)
{
	struct item *item = spared(&w->prop);

	(void)f;
	(void)ev;
	if (item && !--item->flags)
		prop_remove(&w->prop, item);
}

/* an allocation sleeps only if its flags let it reclaim */
static bool reclaims(const struct effect *e)
{
	return e->kind == EFFECT_RECLAIMS ||
	       (e->kind == EFFECT_SLEEPS && e->cond[0].kind == COND_ARG_HAS);
}

/* that of an mm with processes: nobody waits for callbacks with the lock of a global one */
static bool takes_mmap_lock(const struct frame *f, struct work *w, const struct event *ev)
{
	const struct sym *lock = sym(f->eng, ev->effect->kind == EFFECT_TAKES ?
					     object_sym(f, w, &ev->effect->object) : SYM_NONE);

	return lock->flags & SYM_IS_MMAP && sym(f->eng, lock->a)->kind != SYM_GLOBAL;
}

static struct wait wait_of(const struct frame *f, struct work *w, const struct event *ev)
{
	struct wait none = { MESSAGE_ANY, MESSAGE_ANY, false };

	if (reclaims(ev->effect) && !spared(&w->prop))
		return (struct wait){ MESSAGE_RECLAIM_LOCKED, MESSAGE_RECLAIM_INSIDE, true };
	if (takes_mmap_lock(f, w, ev))
		return (struct wait){ MESSAGE_MMAP_LOCKED, MESSAGE_MMAP_INSIDE, false };
	switch (ev->effect->kind) {
	case EFFECT_FAULTS:
		return (struct wait){ MESSAGE_FAULT_LOCKED, MESSAGE_FAULT_INSIDE, false };
	case EFFECT_POPULATES:
		return spared(&w->prop) ? none :
		       (struct wait){ MESSAGE_FAULT_LOCKED, MESSAGE_FAULT_INSIDE, true };
	case EFFECT_PAGELOCK:
		return (struct wait){ MESSAGE_ANY, MESSAGE_PAGE_INSIDE, true };
	case EFFECT_EXITS:
		return (struct wait){ MESSAGE_ANY, MESSAGE_EXIT_INSIDE, false };
	default:
		return none;
	}
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct callback *cb = callback_around(f->ctx);
	struct wait wait = wait_of(f, w, ev);
	const struct callback_lock *taken;
	const char *name;

	if (is_quiet(w, MN_RULE_RECLAIM_LOCKED) || wait.inside == MESSAGE_ANY)
		return;
	if (cb && cb->reclaims) {
		if (!wait.for_reclaim || event_may_reclaim(w))
			callback_report_sleep(f, w, wait.inside);
		return;
	}
	taken = wait.locked == MESSAGE_ANY ? NULL :
		held_for(w, wait.for_reclaim ? CALLED_RECLAIM : CALLED_MMAP, &name);
	if (taken)
		held_report(f, w, wait.locked, name, taken);
	else
		unseen_silences(f, w, MN_RULE_RECLAIM_LOCKED, UNSEEN_SLEEPER);
}

const struct rule rule_RECLAIM_LOCKED = {
	SEES(SLEEPS) | SEES(RECLAIMS) | SEES(TAKES) | SEES(FAULTS) | SEES(POPULATES) | SEES(PAGELOCK) |
	SEES(EXITS), 0,
	at_event, NULL, NULL, NULL
};
