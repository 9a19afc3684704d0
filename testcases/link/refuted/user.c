/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - is a finding withdrawn whose path another file rules out?
 */
#include "always.h"

void good_always_unlocks(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	if (always(range))
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[unit] */
	mmu_notifier_invalidate_range_end(range);
}

void bad_sometimes_unlocks(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	if (sometimes(range))
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
}
