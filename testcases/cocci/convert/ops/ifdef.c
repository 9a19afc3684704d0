// SPDX-License-Identifier: GPL-2.0-only
/*
 * ifdef.c - is a member that depends on a configuration refused?
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
#ifdef CONFIG_PAGES
	.invalidate_page = drop_page, /* not rewritten: 'invalidate_page' of 'ops' depends on a configuration */
#endif
	.invalidate_range_start = drop_range,
};
