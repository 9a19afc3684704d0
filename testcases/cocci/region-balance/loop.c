// SPDX-License-Identifier: GPL-2.0-only
/*
 * loop.c - is a region started again in a loop found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	for (err = 0; !err; addr += PAGE_SIZE) {
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE); /* warn(region-balance): the region is started again while it is open */
		if (skip(addr))
			continue;
		err = change(mm);
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	}
	return 0; /* warn(region-balance): the region of line 12 is still open at this return */
}
