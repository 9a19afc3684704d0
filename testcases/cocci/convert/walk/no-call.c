// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-call.c - is a walk without the call left alone?
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
	int referenced = 0;

	while (page_vma_mapped_walk(&pvmw)) {
		referenced += ptep_test_and_clear_young(vma, address, pvmw.pte);
	}
	return true;
}
