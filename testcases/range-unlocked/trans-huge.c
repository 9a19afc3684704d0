/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trans-huge.c - is the lock of pmd_trans_huge_lock() held exactly where it
 * returned one?
 */
#include "era-d1/mmu_notifier.h"

void good_idiom(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (ptl) {
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void good_falls_back(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pmd_trans_huge_lock(pmd, vma);
	if (!ptl)
		ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_not_huge(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		  unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	ptl = pmd_trans_huge_lock(pmd, vma);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end); /* warn(range-unlocked:unlocked) */
	if (ptl)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}
