/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * second.c - .. and so the one here, and a static lock of that name?
 */
#include "other.h"

static spinlock_t state_lock;

static void finish(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(lock);
}

void second(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	finish(range, lock);
}

void bad_unlocks_own(struct mmu_notifier_range *range)
{
	spin_lock(&state_lock);
	third_unlock();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(&state_lock);
}

void good_unlocks_third(struct mmu_notifier_range *range)
{
	third_lock();
	third_unlock();
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
