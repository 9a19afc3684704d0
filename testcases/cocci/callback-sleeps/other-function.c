// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-function.c - is a sleeping function that no callback reaches silent?
 */
#include <linux/mmu_notifier.h>

static void teardown(void)
{
	mutex_lock(&lock);
	mutex_unlock(&lock);
}

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	drop(start, end);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = flush,
};
