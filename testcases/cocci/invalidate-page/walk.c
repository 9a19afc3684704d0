// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - is a call in a walk said to hold the lock?
 */
#include <linux/mmu_notifier.h>

static bool one(struct page *page, struct vm_area_struct *vma,
		unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};

	while (page_vma_mapped_walk(&pvmw)) {
		if (!pvmw.pte)
			continue;
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, pvmw.address); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with the page table lock held, with no region started in this function */
	}
	return true;
}
