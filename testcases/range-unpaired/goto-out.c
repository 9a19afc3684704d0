/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * goto-out.c - does a label know which of its jumps have ended the region?
 */
#include "era-d1/mmu_notifier.h"

void bad_label_after_end(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			 unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (pmd_none(*pmd))
		goto out;
	pmdp_huge_get_and_clear(mm, start, pmd);
out:
	mmu_notifier_invalidate_range_end(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}

void good_label_before_end(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd))
		goto out;
	mmu_notifier_invalidate_range(mm, start, end);
out:
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_backward(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;

again:
	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, start, end);
		goto again;
	}
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
