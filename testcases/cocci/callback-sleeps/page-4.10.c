// SPDX-License-Identifier: GPL-2.0-only
/*
 * page-4.10.c - is an invalidate_page that sleeps silent in the last kernel that calls it after
 * the unlock?
 *
 * kernel: 4.10.17
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	mutex_lock(&lock);
	drop(start, end);
	mutex_unlock(&lock);
}

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	drop_range(mn, mm, address, address + PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
	.invalidate_range_start = drop_range,
};
