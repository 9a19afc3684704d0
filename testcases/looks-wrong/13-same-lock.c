/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 13-same-lock.c - may a lock be the same by another name: pte_lockptr() twice, a copy
 * in a structure, the mm's one lock for all?
 */
#include "era-d1/mmu_notifier.h"

void good_looked_up_again(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			  unsigned long end)
{
	spin_lock(pmd_lockptr(mm, pmd));
	pmdp_huge_get_and_clear(mm, start, pmd);
	spin_unlock(pmd_lockptr(mm, pmd));
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_looked_up_again(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			 unsigned long end)
{
	spin_lock(pmd_lockptr(mm, pmd));
	pmdp_huge_get_and_clear(mm, start, pmd);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(pmd_lockptr(mm, pmd));
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_copied(struct vm_fault *vmf, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	spinlock_t *ptl;

	vmf->ptl = pmd_lock(mm, vmf->pmd);
	ptl = vmf->ptl;
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_copied(struct vm_fault *vmf, unsigned long start, unsigned long end)
{
	struct mm_struct *mm = vmf->vma->vm_mm;
	spinlock_t *ptl;

	vmf->ptl = pmd_lock(mm, vmf->pmd);
	ptl = vmf->ptl;
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_two_tables(struct mm_struct *mm, pmd_t *old_pmd, pmd_t *new_pmd,
		     unsigned long start, unsigned long end)
{
	spinlock_t *old_ptl = pmd_lock(mm, old_pmd);
	spinlock_t *new_ptl = pmd_lockptr(mm, new_pmd);

	if (new_ptl != old_ptl)
		spin_lock_nested(new_ptl, SINGLE_DEPTH_NESTING);
	pmdp_huge_get_and_clear(mm, start, old_pmd);
	if (new_ptl != old_ptl)
		spin_unlock(new_ptl);
	spin_unlock(old_ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
