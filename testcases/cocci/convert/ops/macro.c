// SPDX-License-Identifier: GPL-2.0-only
/*
 * macro.c - does a callback stay that a macro names?
 */
#include <linux/mmu_notifier.h>

#define DROP(mn, mm) do { drop_page(mn, mm, 0) } while (0)

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
