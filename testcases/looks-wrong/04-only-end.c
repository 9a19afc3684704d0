/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 04-only-end.c - is invalidate_range_only_end() an end like the other, after an
 * invalidate_range() of one's own?
 */
#include "era-d1/mmu_notifier.h"

void good_only_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_only_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_only_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte); /* warn(range-unpaired:unpaired-after) */
	pte_unmap_unlock(pte, ptl);
}
