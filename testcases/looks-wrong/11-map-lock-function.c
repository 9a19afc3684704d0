/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 11-map-lock-function.c - is pte_offset_map_lock() known as a function that can
 * return NULL, from 6.5 on?
 */
#include "era-d2-6.5/mmu_notifier.h"

void good_function(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (pte) {
		ptep_clear_flush(vma, addr, pte);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void bad_function(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked:unlocked) */
	if (pte) {
		ptep_clear_flush(vma, addr, pte);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}
