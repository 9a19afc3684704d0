// SPDX-License-Identifier: GPL-2.0-only
/*
 * allocation.c - is an allocation that may sleep found?
 */
#include <linux/mmu_notifier.h>

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	queue(kmalloc(sizeof(struct entry), GFP_KERNEL), start); /* warn(callback-sleeps): 'GFP_KERNEL' may sleep in callback 'invalidate_range': flush -> GFP_KERNEL */
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = flush,
};
