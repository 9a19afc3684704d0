// SPDX-License-Identifier: GPL-2.0-only
/*
 * unlocked.c - does an unlock end the section?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	spin_lock(&table_lock);
	change(mm);
	spin_unlock(&table_lock);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return 0;
}
