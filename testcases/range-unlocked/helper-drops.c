/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-drops.c - is a lock gone after a called function
 * drops it, one and two levels down?
 */
#include "era-d1/mmu_notifier.h"

static void finish(pte_t *pte, spinlock_t *ptl)
{
	pte_unmap_unlock(pte, ptl);
}

static void finish_outer(pte_t *pte, spinlock_t **ptlp)
{
	finish(pte, *ptlp);
}

static void look(pte_t *pte, spinlock_t *ptl)
{
	if (pte_none(*pte))
		assert_spin_locked(ptl);
}

void bad_one_level(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	pte = pte_offset_map_lock(mm, pmd, start, &ptl);
	finish(pte, ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_two_levels(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	pte = pte_offset_map_lock(mm, pmd, start, &ptl);
	finish_outer(pte, &ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_helper_keeps(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	pte = pte_offset_map_lock(mm, pmd, start, &ptl);
	look(pte, ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	finish(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_helper_drops_last(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			    unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	pte = pte_offset_map_lock(mm, pmd, start, &ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	finish_outer(pte, &ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
