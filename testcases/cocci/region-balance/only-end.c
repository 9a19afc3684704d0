// SPDX-License-Identifier: GPL-2.0-only
/*
 * only-end.c - does only_end end a region?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	int err;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	err = change(mm);
	mmu_notifier_invalidate_range_only_end(mm, addr, addr + PAGE_SIZE);
	return err;
}
