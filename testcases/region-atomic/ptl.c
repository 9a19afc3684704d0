/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ptl.c - is a start under a page table lock found, by whatever primitive it
 * was taken?
 */
#include "era-d2/mmu_notifier.h"
#include "rmap.h"

void bad_pte_lock(struct mmu_notifier_range *range, pmd_t *pmd)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(range->mm, pmd, range->start, &ptl);

	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(range);
}

void bad_in_walk(struct page *page, struct mmu_notifier_range *range)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .address = range->start };

	while (page_vma_mapped_walk(&pvmw)) {
		mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
		page_vma_mapped_walk_done(&pvmw);
		mmu_notifier_invalidate_range_end(range);
		break;
	}
}

void good_after_walk(struct page *page, struct mmu_notifier_range *range)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .address = range->start };

	while (page_vma_mapped_walk(&pvmw)) {
		if (pte_dirty(*pvmw.pte)) {
			page_vma_mapped_walk_done(&pvmw);
			break;
		}
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_trans_huge(struct vm_area_struct *vma, pmd_t *pmd,
		    struct mmu_notifier_range *range)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, vma);

	if (!ptl)
		return;
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(range);
}

void good_not_huge(struct vm_area_struct *vma, pmd_t *pmd,
		   struct mmu_notifier_range *range)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, vma);

	if (ptl) {
		spin_unlock(ptl);
		return;
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
