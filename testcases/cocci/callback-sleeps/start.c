// SPDX-License-Identifier: GPL-2.0-only
/*
 * start.c - may invalidate_range_start sleep?
 */
#include <linux/mmu_notifier.h>

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	mutex_lock(&lock);
	drop(start, end);
	mutex_unlock(&lock);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range_start = flush,
};
