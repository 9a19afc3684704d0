// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - is a start in a walk found?
 */
#include <linux/mmu_notifier.h>

static void work(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct page_vma_mapped_walk pvmw = { .address = addr, };

	while (page_vma_mapped_walk(&pvmw)) {
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE); /* warn(region-atomic): starting or ending a region may sleep, but 'page_vma_mapped_walk()' on line 11 forbids it */
		change(mm);
	}
	stop(mm);
}
