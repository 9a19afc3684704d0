// SPDX-License-Identifier: GPL-2.0-only
/*
 * page-4.11.c - is it found in the first kernel that calls it under the lock, with no word about
 * other kernels?
 *
 * kernel: 4.11
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	mutex_lock(&lock); /* warn(callback-sleeps): 'mutex_lock' may sleep in callback 'invalidate_page': drop_page -> drop_range -> mutex_lock */
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
