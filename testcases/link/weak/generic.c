/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * generic.c - is a weak function the one that is called where there is no other, and only there?
 */
#include "arch.h"

void __weak arch_both(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void __weak arch_weak_only(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}
