// SPDX-License-Identifier: GPL-2.0-only
/*
 * region-of-huge.c - is a region that starts on a condition said to hold on some paths only?
 */
#include <linux/mmu_notifier.h>

static int unmap_one(struct page *page, struct vm_area_struct *vma, unsigned long address)
{
	unsigned long start = address & PUD_MASK, end = start + PUD_SIZE;
	struct mm_struct *mm = vma->vm_mm;
	bool sharing = false;
	spinlock_t *ptl;
	pte_t *pte;

	if (PageHuge(page)) {
		sharing = true;
		mmu_notifier_invalidate_range_start(mm, start, end);
	}
	pte = page_check_address(page, mm, address, &ptl, 0);
	if (!pte)
		goto out;
	ptep_clear_flush(vma, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, address); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with no page table lock held, inside a region on some paths only */
out:
	if (sharing)
		mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}
