// SPDX-License-Identifier: GPL-2.0-only
/*
 * trylock.c - is a trylock left alone?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	if (!spin_trylock(&table_lock))
		goto out;
	spin_unlock(&table_lock);
out:
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return 0;
}
