// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-mm.c - does each function end a region of the mm that it names itself?
 */
#include <linux/mmu_notifier.h>

static void clear(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(vma->vm_mm, addr);
}

static void clear_too(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr);
}
