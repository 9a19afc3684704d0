/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.c - is a start told of that comes behind a sleep with the lock held? In a program of few files it
 * is; tests/test_link.py asks that in one of many only the other one is.
 */
#include "slept.h"

void slow_work(struct mmu_notifier_range *range, bool slow)
{
	if (!slow)
		return;
	msleep(1);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

void quick_work(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

/* the start is told of, and what is wrong behind it as well */
void forgetful_work(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
	mmu_notifier_invalidate_range_end(range); /* warn(region-balance:ended-twice) */
}

void atomic_work(struct mmu_notifier_range *range)
{
	void *memory = kmalloc(64, TEST_GFP_ATOMIC);

	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
	kfree(memory);
}
