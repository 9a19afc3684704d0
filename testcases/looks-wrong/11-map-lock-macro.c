/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 11-map-lock-macro.c - is pte_offset_map_lock() known as a macro around
 * pte_lockptr() and spin_lock(), until 6.4?
 */
#include "era-d2/mmu_notifier.h"

void good_macro(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_macro(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(&range);
}
