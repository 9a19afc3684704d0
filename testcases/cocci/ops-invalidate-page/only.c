// SPDX-License-Identifier: GPL-2.0-only
/*
 * only.c - is the only callback reported?
 */
#include <linux/mmu_notifier.h>

static void gone(struct mmu_notifier *mn, struct mm_struct *mm,
		 unsigned long address)
{
	forget(mn, address);
}

static struct mmu_notifier_ops ops = {
	.invalidate_page = gone, /* warn(ops-invalidate-page): 'ops' sets 'invalidate_page': no other invalidation callback is set */
	.clear_flush_young = young,
};
