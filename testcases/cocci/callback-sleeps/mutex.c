// SPDX-License-Identifier: GPL-2.0-only
/*
 * mutex.c - is a mutex found?
 */
#include <linux/mmu_notifier.h>

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	mutex_lock(&lock); /* warn(callback-sleeps): 'mutex_lock' may sleep in callback 'invalidate_range': flush -> mutex_lock */
	drop(start, end);
	mutex_unlock(&lock);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = flush,
};
