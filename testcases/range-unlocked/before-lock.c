/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * before-lock.c - is invalidate_range() found between start and the lock?
 */
#include "era-d2/mmu_notifier.h"

void bad_before_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range(range.mm, range.start, range.end); /* warn(range-unlocked:unlocked) */
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_after_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_range(range.mm, range.start, range.end);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}
