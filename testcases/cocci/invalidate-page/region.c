// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - is a region around the call named?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with no page table lock held, inside a region */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
