// SPDX-License-Identifier: GPL-2.0-only
/*
 * pair.c - is a plain pair silent?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = change(mm);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return err;
}
