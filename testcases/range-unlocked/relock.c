/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relock.c - is a lock that the caller holds known to be gone between its
 * unlock and the next lock?
 */
#include "era-d1/mmu_notifier.h"

void good_callers_lock(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
		       unsigned long end)
{
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	spin_lock(ptl);
}

void bad_callers_lock(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
		      unsigned long end)
{
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	spin_lock(ptl);
}

void good_own_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	spin_unlock(ptl);
	cond_resched();
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
