/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nonblock.c - is start_nonblock() fine where sleeping is not allowed?
 */
#include "era-d2/mmu_notifier.h"

int good_nonblock(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	if (mmu_notifier_invalidate_range_start_nonblock(range)) {
		spin_unlock(lock);
		return -EAGAIN;
	}
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
	return 0;
}

int bad_falls_back_to_blocking(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	if (mmu_notifier_invalidate_range_start_nonblock(range))
		mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
	return 0;
}

int good_falls_back_unlocked(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	if (mmu_notifier_invalidate_range_start_nonblock(range)) {
		spin_unlock(lock);
		mmu_notifier_invalidate_range_start(range);
		spin_lock(lock);
	}
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
	return 0;
}
