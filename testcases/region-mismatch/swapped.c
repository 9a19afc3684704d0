/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * swapped.c - are start and end in the wrong order found?
 */
#include "era-d1/mmu_notifier.h"

void bad_end_swapped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range_end(mm, end, start); /* warn(region-mismatch:range-swapped) */
}

void good_in_order(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long from = start, to = end;

	mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range_end(mm, from, to);
}

void bad_both_ends_the_same(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, a + PAGE_SIZE, a + PAGE_SIZE); /* warn(region-mismatch:other-range) */
}

void good_sums(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, a, PAGE_SIZE + a);
}
