// SPDX-License-Identifier: GPL-2.0-only
/*
 * only.c - is an ops with no other callback left alone?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	forget(mn, address, address + PAGE_SIZE);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
};
