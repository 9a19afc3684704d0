/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * region.c - is a region started under a lock that two other files away is held?
 */
#include "region.h"

static unsigned long count;

void region_count(struct mmu_notifier_range *range)
{
	count += range->end - range->start;
}

void region_whole(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

void region_of_others(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
