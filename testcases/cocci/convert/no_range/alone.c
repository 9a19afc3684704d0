// SPDX-License-Identifier: GPL-2.0-only
/*
 * alone.c - does the region stay, and nothing under the lock?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pte_t *pte, spinlock_t *ptl,
		  unsigned long start, unsigned long end, bool dirty)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock(ptl);
	if (dirty)
		mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
