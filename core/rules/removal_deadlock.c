// SPDX-License-Identifier: GPL-2.0-only
/*
 * removal_deadlock.c - a wait for callbacks that wait for the one who waits.
 *
 * mmu_notifier_unregister() and its kin return when no callback runs any more. In a callback, that is never;
 * nor is it where a lock is held that a callback waits for. An interval notifier's removal waits until no region of the mm
 * is open, and so does mmu_interval_read_begin(): that is for the callbacks that are called where a region
 * starts. The others wait for all callbacks of other notifiers, of any mm.
 */
#include "judging.h"

/* .. which an interval notifier's removal does, and for nothing else */
static bool waits_for_regions(const struct frame *f)
{
	return row_effect(contract_row(f->eng->contract, f->at->name, f->at->nargs, f->eng->unit->kernels),
			  EFFECT_AWAITS);
}

/* the callback of an interval notifier reads the sequence of that one, which is even again when it has returned */
static bool reads_its_own(const struct frame *f, struct work *w, const struct callback *cb)
{
	const struct row *row = contract_row(f->eng->contract, f->at->name, f->at->nargs, f->eng->unit->kernels);
	const struct effect *begins = row_effect(row, EFFECT_BEGINS);

	return begins && cb->sequence && f->ctx->callback == cb &&
	       object_sym(f, w, &begins->object) == work_value(w, 1);
}

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct callback *cb = callback_around(f->ctx);
	const struct callback_lock *taken;
	const char *name;

	if (cb && cb->awaited) {
		if (ev->effect->kind == EFFECT_REMOVES || reads_its_own(f, w, cb))
			callback_report_sleep(f, w, MESSAGE_REMOVED_INSIDE);
		return;
	}
	if (is_quiet(w, MN_RULE_REMOVAL_DEADLOCK) ||
	    (ev->effect->kind == EFFECT_REMOVES && waits_for_regions(f)))
		return;
	taken = held_for(w, ev->effect->kind == EFFECT_AWAITS ? CALLED_AT_START : CALLED_FROM_LIST,
			 &name);
	if (taken)
		held_report(f, w, MESSAGE_REMOVED_LOCKED, name, taken);
	else
		unseen_silences(f, w, MN_RULE_REMOVAL_DEADLOCK, UNSEEN_SLEEPER);
}

const struct rule rule_REMOVAL_DEADLOCK = { SEES(REMOVES) | SEES(AWAITS), 0, at_event, NULL, NULL, NULL };
