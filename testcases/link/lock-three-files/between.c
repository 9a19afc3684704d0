/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * between.c - does a lock pass through a file that knows neither the lock nor the region?
 */
#include "region.h"

void region_passed_on(struct mmu_notifier_range *range)
{
	region_count(range);
	region_whole(range);
}
