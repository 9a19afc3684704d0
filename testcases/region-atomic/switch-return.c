/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch-return.c - are the cases of a switch and early returns kept apart?
 */
#include "era-d2/mmu_notifier.h"

int good_case_unlocks(struct mmu_notifier_range *range, spinlock_t *lock, int kind)
{
	spin_lock(lock);
	switch (kind) {
	case 0:
		spin_unlock(lock);
		return -EINVAL;
	case 1:
		spin_unlock(lock);
		break;
	default:
		spin_unlock(lock);
		cond_resched();
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	return 0;
}

int bad_case_forgets(struct mmu_notifier_range *range, spinlock_t *lock, int kind)
{
	spin_lock(lock);
	switch (kind) {
	case 0:
		spin_unlock(lock);
		return -EINVAL;
	case 1:
		break;
	default:
		spin_unlock(lock);
		cond_resched();
	}
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	if (kind == 1)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
	return 0;
}
