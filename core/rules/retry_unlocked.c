// SPDX-License-Identifier: GPL-2.0-only
/*
 * retry_unlocked.c - a retry that is asked with no lock held.
 *
 * Between the answer and the device's page table a callback may run, unless both are under the lock that it
 * takes. That lock was not held where the sequence was read: mmu_interval_read_begin() waits for the callback. So
 * where nothing was locked since, it is not held.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *item = read_of(w, object_sym(f, w, &ev->effect->object),
					  object_sym(f, w, &ev->effect->value));

	if (!item || holds_any_lock(w) || is_quiet(w, MN_RULE_RETRY_UNLOCKED))
		return;
	if (item->flags & READ_UNSEEN) {
		unseen_silences(f, w, MN_RULE_RETRY_UNLOCKED, UNSEEN_READER);
		return;
	}
	judge_report(f, w, MESSAGE_RETRY_UNLOCKED, f->at->name, NULL);
	be_quiet(w, MN_RULE_RETRY_UNLOCKED);
}

const struct rule rule_RETRY_UNLOCKED = { SEES(RETRIES), 0, at_event, NULL, NULL, NULL };
