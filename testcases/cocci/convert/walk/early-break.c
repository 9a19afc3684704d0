// SPDX-License-Identifier: GPL-2.0-only
/*
 * early-break.c - is a break that leaves the walk covered by the end?
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
		address = pvmw.address;
		if (busy(page)) {
			page_vma_mapped_walk_done(&pvmw);
			break;
		}
		ptep_clear_flush(vma, address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}
