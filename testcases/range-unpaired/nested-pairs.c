/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nested-pairs.c - is the outer region still open after the inner one ended?
 */
#include "era-d2/mmu_notifier.h"

void good_outer_open(struct mmu_notifier_range *outer, struct mmu_notifier_range *inner,
		     pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(outer);
	mmu_notifier_invalidate_range_start(inner);
	mmu_notifier_invalidate_range_end(inner);
	ptl = pmd_lock(outer->mm, pmd);
	mmu_notifier_invalidate_range(outer->mm, outer->start, outer->end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(outer);
}

void bad_both_ended(struct mmu_notifier_range *outer, struct mmu_notifier_range *inner,
		    pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(outer);
	mmu_notifier_invalidate_range_start(inner);
	mmu_notifier_invalidate_range_end(inner);
	mmu_notifier_invalidate_range_end(outer);
	ptl = pmd_lock(outer->mm, pmd);
	mmu_notifier_invalidate_range(outer->mm, outer->start, outer->end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}

void good_same_range_twice(struct mm_struct *mm, struct mmu_notifier_range *range,
			   pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	mmu_notifier_invalidate_range_start(range);
	ptl = pmd_lock(range->mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(range);
}
