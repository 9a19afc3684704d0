// SPDX-License-Identifier: GPL-2.0-only
/*
 * comment.c - does its comment go with it?
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	forget(mn, start, end);
}

/* One page of the process goes away. */
static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	drop_range(mn, mm, address, address + PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
	.invalidate_range_start = drop_range,
};
