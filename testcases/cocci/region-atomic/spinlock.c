// SPDX-License-Identifier: GPL-2.0-only
/*
 * spinlock.c - is a start under a spinlock found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	spin_lock(&table_lock);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE); /* warn(region-atomic): starting or ending a region may sleep, but 'spin_lock()' on line 9 forbids it */
	spin_unlock(&table_lock);
	change(mm);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return 0;
}
