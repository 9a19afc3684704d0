// SPDX-License-Identifier: GPL-2.0-only
/*
 * with-start.c - are the callbacks that remain named?
 */
#include <linux/mmu_notifier.h>

static void gone(struct mmu_notifier *mn, struct mm_struct *mm,
		 unsigned long address)
{
	forget(mn, address);
}

static const struct mmu_notifier_ops ops = {
	.release = release,
	.invalidate_page = gone, /* warn(ops-invalidate-page): 'ops' sets 'invalidate_page': 'invalidate_range_end', 'invalidate_range_start' remain */
	.invalidate_range_start = start_region,
	.invalidate_range_end = end,
};
