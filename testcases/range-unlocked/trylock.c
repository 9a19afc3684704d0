/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trylock.c - is the lock held only where spin_trylock() succeeded?
 */
#include "era-d1/mmu_notifier.h"

void good_trylock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		  unsigned long end)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (spin_trylock(ptl)) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_trylock_failed(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			unsigned long end)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!spin_trylock(ptl))
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	else
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_result_kept(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		      unsigned long end)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);
	int locked;

	mmu_notifier_invalidate_range_start(mm, start, end);
	locked = spin_trylock(ptl);
	flush_tlb_range(NULL, start, end);
	if (locked)
		mmu_notifier_invalidate_range(mm, start, end);
	if (locked)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_try_then_wait(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			unsigned long end)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!spin_trylock(ptl))
		spin_lock(ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
