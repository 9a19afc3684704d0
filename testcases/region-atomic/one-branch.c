/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is one branch that keeps the lock enough, in
 * either order of the branches?
 */
#include "era-d2/mmu_notifier.h"

void bad_then_way_1(struct mmu_notifier_range *range, spinlock_t *lock, bool keep)
{
	spin_lock(lock);
	if (keep)
		flush_tlb_range(NULL, range->start, range->end);
	else
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	if (keep)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
}

void bad_else_way_2(struct mmu_notifier_range *range, spinlock_t *lock, bool keep)
{
	spin_lock(lock);
	if (!keep)
		spin_unlock(lock);
	else
		flush_tlb_range(NULL, range->start, range->end);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	if (keep)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
}

void good_way_1(struct mmu_notifier_range *range, spinlock_t *lock, bool keep)
{
	if (keep) {
		spin_lock(lock);
		spin_unlock(lock);
	} else {
		cond_resched();
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_way_2(struct mmu_notifier_range *range, spinlock_t *lock, bool keep)
{
	if (!keep) {
		cond_resched();
	} else {
		spin_lock(lock);
		spin_unlock(lock);
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
