// SPDX-License-Identifier: GPL-2.0-only
/*
 * retry_unlocked.c - a retry that is asked with no lock held, or with none that the callback takes.
 *
 * Between the answer and the device's page table a callback may run, unless both are under the lock that it
 * takes. That lock was not held where the sequence was read: mmu_interval_read_begin() waits for the callback. So
 * where nothing was locked since, it is not held; nor is it where what was locked is known, and all
 * that the callbacks lock is.
 */
#include "judging.h"

static void at_event(const struct frame *f, struct work *w, struct event *ev)
{
	const struct item *item = read_of(w, object_sym(f, w, &ev->effect->object),
					  object_sym(f, w, &ev->effect->value));
	bool locked = holds_any_lock(w);
	const char *another = item && locked ? held_another(w) : NULL;

	if (!item || (locked && !another) || is_quiet(w, MN_RULE_RETRY_UNLOCKED))
		return;
	if (item->flags & READ_UNSEEN) {
		unseen_silences(f, w, MN_RULE_RETRY_UNLOCKED, UNSEEN_READER);
		return;
	}
	judge_report(f, w, another ? MESSAGE_RETRY_OTHER_LOCK : MESSAGE_RETRY_UNLOCKED, f->at->name,
		     another);
	be_quiet(w, MN_RULE_RETRY_UNLOCKED);
}

const struct rule rule_RETRY_UNLOCKED = { SEES(RETRIES), 0, at_event, NULL, NULL, NULL };
