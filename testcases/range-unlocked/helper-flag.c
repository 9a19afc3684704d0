/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-flag.c - does an argument that is NULL, or a flag, decide what a
 * helper does with the lock?
 */
#include "era-d1/mmu_notifier.h"

static void maybe_unlock(spinlock_t *ptl)
{
	if (ptl)
		spin_unlock(ptl);
}

static spinlock_t *maybe_lock(struct mm_struct *mm, pmd_t *pmd, bool locked)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	if (!locked)
		spin_lock(ptl);
	return ptl;
}

void good_null_keeps(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	maybe_unlock(NULL);
	mmu_notifier_invalidate_range(mm, start, end);
	maybe_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_lock_given(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	maybe_unlock(ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	maybe_unlock(NULL);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_flag_takes(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = maybe_lock(mm, pmd, false);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_flag_does_not(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	maybe_lock(mm, pmd, true);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}
