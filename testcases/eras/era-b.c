/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * era-b.c - are the signatures of Linux 3.7 to 3.18 known, and does the message say that
 * invalidate_page() needs no region there?
 */
#include "era-b/mmu_notifier.h"

void good_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_page(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(vma->vm_mm, addr); /* warn(invalidate-page): with no page table lock held, with no region started in this unit (allowed in this kernel) */
}

void bad_page_inside(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): , inside a region */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void bad_page_behind(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): , outside any region (allowed in this kernel) */
}
