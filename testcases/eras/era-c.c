/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * era-c.c - are the signatures of Linux 3.19 to 4.12 known?
 */
#include "era-c/mmu_notifier.h"

void good_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	flush_cache_page(vma, addr, 0);
	ptep_clear_flush_notify(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, entry);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_page(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);

	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_page(vma->vm_mm, addr); /* warn(invalidate-page:page-called) */
	pte_unmap_unlock(pte, ptl);
}

void bad_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}
