// SPDX-License-Identifier: GPL-2.0-only
/*
 * twice.c - is a second end found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = prepare(mm);
	if (err) {
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
		goto out;
	}
	err = change(mm);
out:
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE); /* warn(region-balance): the region of line 14 is ended a second time */
	return err;
}
