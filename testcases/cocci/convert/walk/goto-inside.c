// SPDX-License-Identifier: GPL-2.0-only
/*
 * goto-inside.c - is a goto inside the body of the walk harmless?
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
		if (clean(page))
			goto discard;
		ptep_clear_flush(vma, address, pvmw.pte);
discard:
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}
