/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - is a region that the first turn of a loop ended missed by the second?
 */
#include "era-d1/mmu_notifier.h"

void bad_ended_in_first_turn(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			     unsigned long end, int n)
{
	bool open = true;
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	do {
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
		spin_unlock(ptl);
		if (open)
			mmu_notifier_invalidate_range_end(mm, start, end);
		open = false;
	} while (--n);
}

void good_each_turn(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, int n)
{
	spinlock_t *ptl;

	do {
		mmu_notifier_invalidate_range_start(mm, start, end);
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, start, end);
	} while (--n);
}

void good_started_on_first_need(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			      unsigned long end, int n)
{
	bool open = false;
	spinlock_t *ptl;

	for (; n; n--) {
		if (pmd_none(*pmd))
			continue;
		if (!open)
			mmu_notifier_invalidate_range_start(mm, start, end);
		open = true;
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	if (open)
		mmu_notifier_invalidate_range_end(mm, start, end);
}
