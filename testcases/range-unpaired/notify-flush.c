/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * notify-flush.c - is a _notify flush outside the pair found, on the line that
 * uses the macro?
 */
#include "era-c/mmu_notifier.h"

void bad_pte_after_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte); /* warn(range-unpaired:unpaired-after) */
	pte_unmap_unlock(pte, ptl);
}

void good_pte_in_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void good_plain_flush_after_end(struct vm_area_struct *vma, pmd_t *pmd,
				unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	flush_tlb_page(vma, addr);
	pte_unmap_unlock(pte, ptl);
}
