/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - is the lock followed around a loop that drops and takes it again?
 */
#include "era-d1/mmu_notifier.h"

void bad_not_taken_again(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			 unsigned long end, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	while (--n) {
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
		cond_resched();
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_taken_again(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		      unsigned long end, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	for (;;) {
		mmu_notifier_invalidate_range(mm, start, end);
		if (--n == 0)
			break;
		spin_unlock(ptl);
		cond_resched();
		spin_lock(ptl);
	}
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_do_while(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		   unsigned long end, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	do {
		ptl = pmd_lock(mm, pmd);
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
		cond_resched();
	} while (--n);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_do_while(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		  unsigned long end, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	do {
		ptl = pmd_lock(mm, pmd);
		spin_unlock(ptl);
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
		cond_resched();
	} while (--n);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
