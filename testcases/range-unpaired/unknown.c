/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown.c - is the rule silent where the caller may have started the region?
 */
#include "era-d2/mmu_notifier.h"
#include "pagewalk.h"

void good_nothing_known(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range(mm, start, end);
}

int good_pmd_entry(pmd_t *pmd, unsigned long addr, unsigned long next,
		   struct mm_walk *walk)
{
	spinlock_t *ptl = pmd_lock(walk->mm, pmd);

	mmu_notifier_invalidate_range(walk->mm, addr, next);
	spin_unlock(ptl);
	return 0;
}

void good_caller_ends(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	mmu_notifier_invalidate_range_end(range);
}

const struct mm_walk_ops walk_ops = { .pmd_entry = good_pmd_entry };
