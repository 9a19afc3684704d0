// SPDX-License-Identifier: GPL-2.0-only
/*
 * name-taken.c - is a name that is taken refused?
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
	int end = 0; /* not rewritten: the name 'end' is taken */

	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;
		ptep_clear_flush(vma, address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}
