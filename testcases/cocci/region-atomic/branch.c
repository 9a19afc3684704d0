// SPDX-License-Identifier: GPL-2.0-only
/*
 * branch.c - is a lock of a branch that was left excused?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	bool shared = is_shared(mm);

	if (shared)
		spin_lock(&table_lock);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	return 0;
}
