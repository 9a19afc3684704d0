/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * guard.c - does a guard hold the ptl up to the end of its scope, and no longer?
 */
#include "era-d2-6.5/mmu_notifier.h"
#include "cleanup.h"

static void clear_under_guard(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			      unsigned long end)
{
	guard(spinlock)(pmd_lockptr(mm, pmd));

	pmdp_huge_get_and_clear(mm, start, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
}

void good_guard(pmd_t *pmd, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	clear_under_guard(range->mm, pmd, range->start, range->end);
	mmu_notifier_invalidate_range_end(range);
}

void good_scoped_guard(pmd_t *pmd, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	scoped_guard(spinlock, pmd_lockptr(range->mm, pmd)) {
		pmdp_huge_get_and_clear(range->mm, range->start, pmd);
		mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	}
	mmu_notifier_invalidate_range_end(range);
}

void bad_after_scope(pmd_t *pmd, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	scoped_guard(spinlock, pmd_lockptr(range->mm, pmd))
		pmdp_huge_get_and_clear(range->mm, range->start, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unlocked:unlocked)[gcc] */ /* warn(range-unlocked:unlocked-after)[sparse] */
	mmu_notifier_invalidate_range_end(range);
}
