// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-tables.c - is a callback dropped that two tables have?
 */
#include <linux/mmu_notifier.h>

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	forget(mn, start, end);
}

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	forget(mn, address, address + PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
	.invalidate_range_start = drop_range,
};

static const struct mmu_notifier_ops young_ops = {
	.clear_flush_young = young,
	.invalidate_page = drop_page,
	.invalidate_range_start = drop_range,
};
