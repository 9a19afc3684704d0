/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-notifies.c - is invalidate_range() in a helper judged in the context of
 * each of its callers?
 */
#include "era-d1/mmu_notifier.h"

static void good_notify(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range(mm, start, end);
}

static void bad_notify(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
}

void good_caller_holds(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	good_notify(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void call_after_unlock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	spin_unlock(ptl);
	bad_notify(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
