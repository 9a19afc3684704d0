// SPDX-License-Identifier: GPL-2.0-only
/*
 * called.c - is a callback that is also called refused?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	forget(mn, address, PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
};

void first(struct mmu_notifier *mn, struct mm_struct *mm)
{
	drop_page(mn, mm, 0); /* not rewritten: 'drop_page' has another use */
}
