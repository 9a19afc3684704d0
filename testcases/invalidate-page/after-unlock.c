/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * after-unlock.c - is a call found that a flag defers until the lock is dropped?
 */
#include "era-c/mmu_notifier.h"

void bad_changed_flag(struct vm_area_struct *vma, unsigned long addr)
{
	bool changed = false;
	spinlock_t *ptl;
	pte_t *pte;

	if (follow_pte(vma->vm_mm, addr, &pte, &ptl))
		return;
	if (pte_dirty(*pte)) {
		ptep_clear_flush(vma, addr, pte);
		changed = true;
	}
	pte_unmap_unlock(pte, ptl);
	if (changed)
		mmu_notifier_invalidate_page(vma->vm_mm, addr); /* warn(invalidate-page): no page table lock */
}

void good_never_changed(struct vm_area_struct *vma, unsigned long addr)
{
	bool changed = false;
	spinlock_t *ptl;
	pte_t *pte;

	if (follow_pte(vma->vm_mm, addr, &pte, &ptl))
		return;
	pte_unmap_unlock(pte, ptl);
	if (changed)
		mmu_notifier_invalidate_page(vma->vm_mm, addr);
}

void good_repaired(struct vm_area_struct *vma, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	if (!follow_pte(vma->vm_mm, addr, &pte, &ptl)) {
		ptep_clear_flush(vma, addr, pte);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}
