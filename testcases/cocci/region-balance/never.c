// SPDX-License-Identifier: GPL-2.0-only
/*
 * never.c - is an end with no start on one path found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	err = prepare(mm);
	if (err)
		goto out;
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = change(mm);
out:
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE); /* warn(region-balance): on a path to here, this ends a region that was not started */
	return err;
}
