/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * map-lock-fails.c - is the lock known not to be held where pte_offset_map_lock()
 * returned NULL?
 */
#include "era-d2-6.5/mmu_notifier.h"

void good_checked(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(mm, pmd, range->start, &ptl);
	if (pte) {
		mmu_notifier_invalidate_range(range->mm, range->start, range->end);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(range);
}

void bad_failed(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(mm, pmd, range->start, &ptl);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unlocked:unlocked) */
	if (pte)
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(range);
}

void good_tries_again(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	do {
		pte = pte_offset_map_lock(mm, pmd, range->start, &ptl);
	} while (!pte);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(range);
}
