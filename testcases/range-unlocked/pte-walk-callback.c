/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pte-walk-callback.c - is a pmd_entry callback, which may sleep, known to start
 * with no page table lock held?
 */
#include "era-d2/mmu_notifier.h"
#include "pagewalk.h"

int bad_pmd_entry(pmd_t *pmd, unsigned long addr, unsigned long next,
		  struct mm_walk *walk)
{
	mmu_notifier_invalidate_range(walk->mm, addr, next); /* warn(range-unlocked:unlocked) */
	return 0;
}

int good_pmd_entry(pmd_t *pmd, unsigned long addr, unsigned long next,
		   struct mm_walk *walk)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, walk->vma);

	if (!ptl)
		return 0;
	mmu_notifier_invalidate_range(walk->mm, addr, next);
	spin_unlock(ptl);
	return 0;
}

const struct mm_walk_ops bad_walk_ops = { .pmd_entry = bad_pmd_entry };
const struct mm_walk_ops good_walk_ops = { .pmd_entry = good_pmd_entry };
