// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare-call.c - is a comparison refused that would call a function twice?
 */
#include <linux/mmu_notifier.h>

static void drop_page(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	if (next_page(mn) == address) /* not rewritten: 'address' is used in a way that has no form for a range */
		forget(mn);
}

static const struct mmu_notifier_ops ops = {
	.invalidate_page = drop_page,
};
