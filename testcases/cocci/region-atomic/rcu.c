// SPDX-License-Identifier: GPL-2.0-only
/*
 * rcu.c - is an end in an RCU read side found?
 */
#include <linux/mmu_notifier.h>

static int work(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	rcu_read_lock();
	change(mm);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE); /* warn(region-atomic): starting or ending a region may sleep, but 'rcu_read_lock()' on line 10 forbids it */
	rcu_read_unlock();
	return 0;
}
