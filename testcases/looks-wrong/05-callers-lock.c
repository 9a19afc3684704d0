/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 05-callers-lock.c - may a function whose caller holds the lock drop it, end the
 * region and take it again?
 */
#include "era-d2/mmu_notifier.h"

int good_wp_huge(struct vm_area_struct *vma, unsigned long haddr, pte_t *ptep,
		 struct hstate *h, spinlock_t *ptl)
{
	struct mmu_notifier_range range;
	struct page *page;

	spin_unlock(ptl);
	page = alloc_page(GFP_KERNEL);
	if (!page) {
		spin_lock(ptl);
		return -ENOMEM;
	}
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, haddr,
				haddr + huge_page_size(h));
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	huge_ptep_get_and_clear(vma->vm_mm, haddr, ptep);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	put_page(page);
	spin_lock(ptl);
	return 0;
}

int bad_wp_huge(struct vm_area_struct *vma, unsigned long haddr, pte_t *ptep,
		struct hstate *h, spinlock_t *ptl)
{
	struct mmu_notifier_range range;
	struct page *page;

	spin_unlock(ptl);
	page = alloc_page(GFP_KERNEL);
	if (!page) {
		spin_lock(ptl);
		return -ENOMEM;
	}
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, haddr,
				haddr + huge_page_size(h));
	mmu_notifier_invalidate_range_start(&range);
	spin_lock(ptl);
	huge_ptep_get_and_clear(vma->vm_mm, haddr, ptep);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	put_page(page);
	spin_lock(ptl);
	return 0;
}
