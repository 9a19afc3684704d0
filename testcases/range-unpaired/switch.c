/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch.c - is a case that falls through past the end of the region seen?
 */
#include "era-d1/mmu_notifier.h"

void bad_falls_through(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end, int step)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (step) {
	case 1:
		mmu_notifier_invalidate_range_end(mm, start, end);
		/* fall through */
	default:
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
		spin_unlock(ptl);
	}
	if (step != 1)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_breaks(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		 unsigned long end, int step)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (step) {
	case 1:
		mmu_notifier_invalidate_range_end(mm, start, end);
		break;
	default:
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	if (step != 1)
		mmu_notifier_invalidate_range_end(mm, start, end);
}
