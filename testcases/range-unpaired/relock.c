/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relock.c - after unlock, end, lock again: is there still no region?
 */
#include "era-d1/mmu_notifier.h"

void bad_pair_left_behind(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
			  unsigned long end)
{
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(ptl);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unpaired:unpaired-after) */
}

void good_inside_pair(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
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
