/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * early-return.c - does an early return keep its state apart from the other path's?
 */
#include "era-d1/mmu_notifier.h"

int good_early_return(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		      unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, start, end);
		return -EAGAIN;
	}
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_return_forgotten(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			 unsigned long end)
{
	spinlock_t *ptl;
	int ret = 0;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		ret = -EAGAIN;
	}
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	if (!ret)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return ret;
}
