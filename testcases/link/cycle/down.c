/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * down.c - is a cycle of calls over two files followed, and does it come to an end?
 */
#include "cycle.h"

void bad_down(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	if (n) {
		up_locked(range, lock, n - 1);
		return;
	}
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

void good_down(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	if (n) {
		up_unlocked(range, lock, n - 1);
		return;
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
