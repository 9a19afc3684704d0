/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say where the lock was dropped, and the path show it?
 */
#include "era-d1/mmu_notifier.h"

void bad_after_unlock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		      unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, start, pmd);
	spin_unlock(ptl); /* note: 'ptl' */
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked): 'mmu_notifier_invalidate_range()' is called after 'ptl' was dropped */ /* note: fix: move it before 'ptl' is dropped at line 15; */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_never_locked(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked): 'mmu_notifier_invalidate_range()' is called with no page table lock held */ /* note: fix: call it under the page table lock; */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_under_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, start, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
