// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk-done.c - is a start behind the end of a walk silent?
 */
#include <linux/mmu_notifier.h>

static void work(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct page_vma_mapped_walk pvmw = { .address = addr, };

	while (page_vma_mapped_walk(&pvmw))
		change(mm);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
