// SPDX-License-Identifier: GPL-2.0-only
/*
 * one-name-1.c - with one-name-2.c: is a callback that sleeps found?
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	msleep(1); /* warn(callback-sleeps): 'msleep' may sleep in callback 'invalidate_range': drop_range -> msleep */
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = drop_range,
};
