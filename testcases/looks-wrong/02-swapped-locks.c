/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 02-swapped-locks.c - are two locks that were ordered by their addresses still the
 * same two when they are dropped?
 */
#include "era-d2/mmu_notifier.h"

static void lock_both(spinlock_t *first, spinlock_t *second)
{
	spinlock_t *swapped;

	if (first > second) {
		swapped = first;
		first = second;
		second = swapped;
	}
	spin_lock(first);
	if (first != second)
		spin_lock_nested(second, SINGLE_DEPTH_NESTING);
}

static void unlock_both(spinlock_t *first, spinlock_t *second)
{
	spin_unlock(first);
	if (first != second)
		spin_unlock(second);
}

void good_swapped(struct mmu_notifier_range *range, spinlock_t *dst, spinlock_t *src)
{
	mmu_notifier_invalidate_range_start(range);
	lock_both(dst, src);
	unlock_both(dst, src);
	mmu_notifier_invalidate_range_end(range);
}

void bad_swapped(struct mmu_notifier_range *range, spinlock_t *dst, spinlock_t *src)
{
	mmu_notifier_invalidate_range_start(range);
	lock_both(dst, src);
	spin_unlock(dst);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-spinlock) */
}
