// SPDX-License-Identifier: GPL-2.0-only
/*
 * condition.c - are start and end under one condition silent?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	bool cow = is_cow(mm);
	int err;

	if (cow)
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = change(mm);
	if (cow)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return err;
}
