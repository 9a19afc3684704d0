/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is one branch without a region enough, in
 * either order of the branches?
 */
#include "era-d1/mmu_notifier.h"

void bad_then_way_1(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, bool last)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (last)
		mmu_notifier_invalidate_range_end(mm, start, end);
	else
		cond_resched();
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
	if (!last)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_else_way_2(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, bool last)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!last)
		cond_resched();
	else
		mmu_notifier_invalidate_range_end(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
	if (!last)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_started_again_way_1(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			    unsigned long end, bool last)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (last) {
		mmu_notifier_invalidate_range_end(mm, start, end);
		mmu_notifier_invalidate_range_start(mm, start, end);
	} else {
		cond_resched();
	}
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_started_again_way_2(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			    unsigned long end, bool last)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!last) {
		cond_resched();
	} else {
		mmu_notifier_invalidate_range_end(mm, start, end);
		mmu_notifier_invalidate_range_start(mm, start, end);
	}
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
