// SPDX-License-Identifier: GPL-2.0-only
/*
 * atomic-allocation.c - is an allocation that cannot sleep silent?
 */
#include <linux/mmu_notifier.h>

static void flush(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end)
{
	queue(kmalloc(sizeof(struct entry), GFP_ATOMIC), start);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range = flush,
};
