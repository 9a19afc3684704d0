// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-functions.c - is one function refused and the other converted?
 */
#include <linux/mmu_notifier.h>

static bool first(struct page *page, struct vm_area_struct *vma,
		unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};

	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;
		ptep_clear_flush(vma, address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}

static bool second(struct page *page, struct vm_area_struct *vma,
		unsigned long address, void *arg)
{
	struct page_vma_mapped_walk pvmw = {
		.page = page,
		.vma = vma,
		.address = address,
	};
	int start = 0; /* not rewritten: the name 'start' is taken */

	while (page_vma_mapped_walk(&pvmw)) {
		address = pvmw.address;
		ptep_clear_flush(vma, address, pvmw.pte);
		mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}
