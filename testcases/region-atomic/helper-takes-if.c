/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-takes-if.c - does what a helper stored say whether it took the lock, where the lock can
 * fail?
 */
#include "era-e/mmu_notifier.h"

static void map(struct vm_fault *vmf)
{
	vmf->pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl);
}

void good_asked(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	map(vmf);
	if (vmf->pte)
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	mmu_notifier_invalidate_range_end(range);
}

void good_asked_twice(struct vm_fault *vmf, struct mmu_notifier_range *range, pte_t entry)
{
	mmu_notifier_invalidate_range_start(range);
	map(vmf);
	if (vmf->pte && pte_present(entry)) {
		set_pte_at(vmf->vma->vm_mm, vmf->address, vmf->pte, entry);
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	} else if (vmf->pte) {
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	}
	mmu_notifier_invalidate_range_end(range);
}

void bad_one_of_two(struct vm_fault *vmf, struct mmu_notifier_range *range, pte_t entry)
{
	mmu_notifier_invalidate_range_start(range);
	map(vmf);
	if (vmf->pte && pte_present(entry)) {
		set_pte_at(vmf->vma->vm_mm, vmf->address, vmf->pte, entry);
		pte_unmap_unlock(vmf->pte, vmf->ptl);
	}
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock) */
}

static void map_there(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, pte_t **ptep,
		      spinlock_t **ptlp)
{
	*ptep = pte_offset_map_lock(vma->vm_mm, pmd, addr, ptlp);
}

void good_by_address(struct vm_area_struct *vma, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	map_there(vma, pmd, range->start, &pte, &ptl);
	if (pte)
		pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(range);
}
