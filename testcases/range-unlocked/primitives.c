/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * primitives.c - is every way to take a page table lock known?
 */
#include "era-d1/mmu_notifier.h"

void good_pud_lock(struct mm_struct *mm, pud_t *pud, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pud_lock(mm, pud);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_huge_pte_lock(struct mm_struct *mm, struct hstate *h, pte_t *pte,
			unsigned long start, unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = huge_pte_lock(h, mm, pte);
	huge_ptep_get_and_clear(mm, start, pte);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_huge_pte_lockptr(struct mm_struct *mm, struct hstate *h, pte_t *pte,
			   unsigned long start, unsigned long end)
{
	spinlock_t *ptl = huge_pte_lockptr(h, mm, pte);

	mmu_notifier_invalidate_range_start(mm, start, end);
	spin_lock_nested(ptl, SINGLE_DEPTH_NESTING);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_follow_pte(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!follow_pte(mm, start, &pte, &ptl)) {
		mmu_notifier_invalidate_range(mm, start, end);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_follow_pte_failed(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (follow_pte(mm, start, &pte, &ptl))
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	else
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_pud_trans_huge(struct vm_area_struct *vma, pud_t *pud, unsigned long start,
			 unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pud_trans_huge_lock(pud, vma);
	if (ptl) {
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}
