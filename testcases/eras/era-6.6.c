/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * era-6.6.c - are the signatures of Linux 6.6 and later known?
 */
#include "era-e/mmu_notifier.h"

void good_pair(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
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
		pte_unmap_unlock(pte, ptl);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void bad_start_under_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte)
		return;
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_secondary_tlbs(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_arch_invalidate_secondary_tlbs(vma->vm_mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(&range);
}

int good_nonblock(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return -EAGAIN;
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}
