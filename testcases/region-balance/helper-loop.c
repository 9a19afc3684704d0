/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-loop.c - is a region that one call of a helper left open started again by the loop of the
 * next call, which has other bounds?
 */
#include "era-d1/mmu_notifier.h"

static void start_when_ready(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		if (READ_ONCE(mm->flags))
			return;
		mmu_notifier_invalidate_range_end(mm, start, end);
	}
}

void good_two_ranges(struct mm_struct *mm, unsigned long from, unsigned long to)
{
	start_when_ready(mm, from, from + PAGE_SIZE);
	start_when_ready(mm, to, to + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, to, to + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, from, from + PAGE_SIZE);
}

static void start_as_ready(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-balance:started-again) */
		if (READ_ONCE(mm->flags))
			return;
		mmu_notifier_invalidate_range_end(mm, start, end);
	}
}

void bad_one_range_twice(struct mm_struct *mm, unsigned long from)
{
	start_as_ready(mm, from, from + PAGE_SIZE);
	start_as_ready(mm, from, from + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, from, from + PAGE_SIZE);
}
