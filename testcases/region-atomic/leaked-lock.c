/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * leaked-lock.c - is a lock that is never dropped one mistake, wherever
 * something sleeps behind it, and another lock another one?
 */
#include "era-d2/mmu_notifier.h"

static void clear_one(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_unlock_forgotten(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush_notify(vma, addr, pmd);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-atomic:atomic-lock) */
	clear_one(vma, pmd, addr);
	clear_one(vma, pmd, addr + PAGE_SIZE);
	if (!ptl)
		return;
}

void bad_two_locks(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	spin_lock(&vma->vm_mm->page_table_lock);
	mmu_notifier_invalidate_range_end(&range);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(&vma->vm_mm->page_table_lock);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}
