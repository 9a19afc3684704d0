// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare.c - is a comparison made one with a range?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	address &= PAGE_MASK;
	if (current_page == address)
		forget(mn);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
};
