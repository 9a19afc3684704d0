// SPDX-License-Identifier: GPL-2.0-only
/*
 * region-one-condition.c - is the call inside the region where both stand under one condition?
 */
#include <linux/mmu_notifier.h>

static void drop(struct mm_struct *mm, unsigned long addr, bool mapped)
{
	if (mapped)
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	clear(mm, addr);
	if (mapped) {
		mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with no page table lock held, inside a region */
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	}
}
