/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 12-lock-by-result.c - is a lock held exactly where the result says so: true of
 * page_vma_mapped_walk(), not NULL of pmd_trans_huge_lock(), 0 of follow_pte()?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

void good_true(struct page_vma_mapped_walk *pvmw, struct mm_struct *mm,
	       unsigned long start, unsigned long end)
{
	bool found;

	mmu_notifier_invalidate_range_start(mm, start, end);
	found = page_vma_mapped_walk(pvmw);
	if (found)
		mmu_notifier_invalidate_range(mm, start, end);
	if (found)
		page_vma_mapped_walk_done(pvmw);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_true(struct page_vma_mapped_walk *pvmw, struct mm_struct *mm,
	      unsigned long start, unsigned long end)
{
	bool found;

	mmu_notifier_invalidate_range_start(mm, start, end);
	found = page_vma_mapped_walk(pvmw);
	if (!found)
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	if (found)
		page_vma_mapped_walk_done(pvmw);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_not_null(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl)
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	if (ptl)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_not_null(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		  unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (!ptl)
		mmu_notifier_invalidate_range(vma->vm_mm, start, end); /* warn(range-unlocked:unlocked) */
	if (ptl)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void good_zero(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;
	int err;

	mmu_notifier_invalidate_range_start(mm, start, end);
	err = follow_pte(mm, start, &pte, &ptl);
	if (!err)
		mmu_notifier_invalidate_range(mm, start, end);
	if (!err)
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_zero(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;
	int err;

	mmu_notifier_invalidate_range_start(mm, start, end);
	err = follow_pte(mm, start, &pte, &ptl);
	if (err)
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	if (!err)
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
