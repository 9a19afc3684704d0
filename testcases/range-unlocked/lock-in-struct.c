/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock-in-struct.c - is vmf->ptl the same lock as its copy in a local, and as what
 * *ptlp points to?
 */
#include "era-d2/mmu_notifier.h"

void good_vmf(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	pte_unmap_unlock(vmf->pte, vmf->ptl);
	mmu_notifier_invalidate_range_end(range);
}

void bad_vmf(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
	pte_unmap_unlock(vmf->pte, vmf->ptl);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(range);
}

void bad_copied_to_local(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	vmf->ptl = pmd_lock(vmf->vma->vm_mm, vmf->pmd);
	ptl = vmf->ptl;
	spin_unlock(ptl);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(range);
}

void good_copied_from_local(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	ptl = pmd_lockptr(vmf->vma->vm_mm, vmf->pmd);
	vmf->ptl = ptl;
	spin_lock(vmf->ptl);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(range);
}

void good_through_pointer(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp,
			  struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	*ptlp = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	spin_unlock(*ptlp);
	mmu_notifier_invalidate_range_end(range);
}

void bad_through_pointer(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp,
			 struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	*ptlp = pmd_lock(mm, pmd);
	spin_unlock(*ptlp);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(range);
}
