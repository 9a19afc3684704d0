// SPDX-License-Identifier: GPL-2.0-only
/*
 * name-in-other.c - is a taken name not told where the ops is left alone anyway, nor when the next
 * file is looked at?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	unsigned long start = address & PAGE_MASK;

	forget(mn, start, PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
	.invalidate_range_start = start_region,
};
