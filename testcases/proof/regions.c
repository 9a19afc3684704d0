/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * regions.c - is it seen which regions a body leaves open, and which it ends?
 */
#include "bodies.h"

int region_begin(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	if (!mm)
		return -1;
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	return 0;
}

int region_begin_but(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	if (!mm)
		return 0;
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	return 0; /* warn(region-balance:open-at-return) */
}

void region_finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

void region_unsaid(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
}

void region_ended_unsaid(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

void region_of_its_own(struct mm_struct *mm)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

/* with no notifier nothing has to start */
int region_of_api(struct mmu_notifier_range *range)
{
	if (mm_has_notifiers(range->mm))
		mmu_notifier_invalidate_range_start(range);
	return 0; /* warn(region-balance:open-at-return) */
}
