// SPDX-License-Identifier: GPL-2.0-only
/*
 * spinlock.c - is a spinlock silent?
 */
#include <linux/mmu_notifier.h>

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	spin_lock(&lock);
	drop(start, end);
	spin_unlock(&lock);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = flush,
};
