// SPDX-License-Identifier: GPL-2.0-only
/*
 * walk.c - does a walk take the lock?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct page_vma_mapped_walk pvmw = { .address = addr, };

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	while (page_vma_mapped_walk(&pvmw))
		mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
