/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-mm.c - is an end or invalidate_range() on another mm than the region's found?
 */
#include "era-d1/mmu_notifier.h"

void bad_end(struct mm_struct *src, struct mm_struct *dst, unsigned long start,
	     unsigned long end)
{
	if (src == dst)
		return;
	mmu_notifier_invalidate_range_start(src, start, end);
	mmu_notifier_invalidate_range_end(dst, start, end); /* warn(region-mismatch:other-mm) */
}

void bad_invalidate(struct mm_struct *src, struct mm_struct *dst, pmd_t *pmd,
		    unsigned long start, unsigned long end)
{
	spinlock_t *ptl;

	if (src == dst)
		return;
	mmu_notifier_invalidate_range_start(src, start, end);
	ptl = pmd_lock(dst, pmd);
	mmu_notifier_invalidate_range(dst, start, end); /* warn(region-mismatch:other-mm) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(src, start, end);
}

void good_same_mm(struct vm_area_struct *vma, pmd_t *pmd, unsigned long start,
		  unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_both_have_regions(struct mm_struct *src, struct mm_struct *dst, pmd_t *pmd,
			    unsigned long start, unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(src, start, end);
	mmu_notifier_invalidate_range_start(dst, start, end);
	ptl = pmd_lock(dst, pmd);
	mmu_notifier_invalidate_range(dst, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(dst, start, end);
	mmu_notifier_invalidate_range_end(src, start, end);
}
