// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - is no second region started around a walk?
 */
#include <linux/mmu_notifier.h>

static bool clean_one(struct page *page, struct vm_area_struct *vma,
		      unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};

	mmu_notifier_invalidate_range_start(vma->vm_mm, address, address + PMD_SIZE); /* not rewritten: the function starts a region already */
	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;
		ptep_clear_flush(vma, address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, address, address + PMD_SIZE);
	return true;
}
