// SPDX-License-Identifier: GPL-2.0-only
/*
 * one-name-2.c - with one-name-1.c: is a callback left alone where another file's callback of
 * its name sleeps?
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	udelay(1);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = drop_range,
};
