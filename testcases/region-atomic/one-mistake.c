/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-mistake.c - does a region that is started under the ptl give one finding, and a notification
 * under the same lock none?
 */
#include "era-d1/mmu_notifier.h"
#include "mm.h"
#include "sched.h"

void bad_started_locked(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			unsigned long end)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	cond_resched();
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_twice(struct mm_struct *mm, pmd_t *pmd, unsigned long start, unsigned long end)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	spin_lock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
