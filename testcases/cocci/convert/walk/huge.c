// SPDX-License-Identifier: GPL-2.0-only
/*
 * huge.c - does the PMD branch get its own range?
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
		int changed = 0;

		address = pvmw.address;
		if (pvmw.pte) {
			set_pte_at(vma->vm_mm, address, pvmw.pte, entry);
			changed = 1;
		} else {
			set_pmd_at(vma->vm_mm, address, pvmw.pmd, huge_entry);
			changed = 1;
		}
		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	return true;
}
