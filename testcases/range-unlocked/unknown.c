/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown.c - is the rule silent where only the caller knows whether the lock is held?
 */
#include "era-d1/mmu_notifier.h"

void good_nothing_known(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range(mm, start, end);
}

void good_caller_held_it(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
			 unsigned long end)
{
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
}

void good_asserted(struct mm_struct *mm, spinlock_t *ptl, unsigned long start,
		   unsigned long end)
{
	assert_spin_locked(ptl);
	mmu_notifier_invalidate_range(mm, start, end);
}

void good_asserted_by_lockdep(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			      unsigned long end)
{
	lockdep_assert_held(pmd_lockptr(mm, pmd));
	mmu_notifier_invalidate_range(mm, start, end);
}
