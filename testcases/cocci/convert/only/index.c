// SPDX-License-Identifier: GPL-2.0-only
/*
 * index.c - is another use of the address refused?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	forget(mn, address >> PAGE_SHIFT); /* not rewritten: 'address' is used in a way that has no form for a range */
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
};
