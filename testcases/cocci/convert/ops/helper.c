// SPDX-License-Identifier: GPL-2.0-only
/*
 * helper.c - does a helper go that nothing else uses?
 */
#include <linux/mmu_notifier.h>

static void forget_page(struct mmu_notifier *mn, unsigned long address)
{
	forget(mn, address, address + PAGE_SIZE);
}

static void drop_range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	forget(mn, start, end);
}

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	forget_page(mn, address);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
	.invalidate_range_start = drop_range,
};
