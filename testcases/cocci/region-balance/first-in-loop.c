// SPDX-License-Identifier: GPL-2.0-only
/*
 * first-in-loop.c - is a region started once in a loop silent?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	unsigned long first = 0;
	int err;

	do {
		if (!first) {
			first = addr;
			mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
		}
		err = change(mm);
	} while (!err);
	if (first)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return err;
}
