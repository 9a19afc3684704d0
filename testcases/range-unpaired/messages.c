/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say that no region is open, and the path show
 * where it ended?
 */
#include "era-d1/mmu_notifier.h"

void bad_after_end(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end); /* note: region */
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired): 'mmu_notifier_invalidate_range()' is called after the region ended */ /* note: fix: move it before the end of region 'mm' at line 14; */
	spin_unlock(ptl);
}

void good_before_end(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
