// SPDX-License-Identifier: GPL-2.0-only
/*
 * region-ended.c - is a region that ended on one path said to hold on some paths only?
 */
#include <linux/mmu_notifier.h>

static void drop(struct mm_struct *mm, unsigned long addr, bool early)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	if (early)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with no page table lock held, inside a region on some paths only */
	if (!early)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
