// SPDX-License-Identifier: GPL-2.0-only
/*
 * return.c - is an error path without the end found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = prepare(mm);
	if (err)
		return err; /* warn(region-balance): the region of line 11 is still open at this return */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return 0;
}
