// SPDX-License-Identifier: GPL-2.0-only
/*
 * two.c - is each of two ops reported?
 */
#include <linux/mmu_notifier.h>

static void gone(struct mmu_notifier *mn, struct mm_struct *mm,
		 unsigned long address)
{
	forget(mn, address);
}

static const struct mmu_notifier_ops first = {
	.invalidate_page = gone, /* warn(ops-invalidate-page): 'first' sets 'invalidate_page': 'invalidate_range' remains */
	.invalidate_range = flush,
};

static const struct mmu_notifier_ops second = {
	.invalidate_page = gone, /* warn(ops-invalidate-page): 'second' sets 'invalidate_page': 'invalidate_range_start' remains */
	.invalidate_range_start = start_region,
};
