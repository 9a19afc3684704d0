/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * joined-value.c - is a value that is the region's on one of
 * two joined paths still told from the region's own?
 */
#include "era-d1/mmu_notifier.h"

void bad_one_of_two(struct mm_struct *mm, unsigned long start, unsigned long end, bool huge)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (huge)
		end += HPAGE_PMD_SIZE;
	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(region-mismatch:other-range) */
}

void good_the_same_by_two_ways(struct mm_struct *mm, unsigned long start,
			       unsigned long end, bool huge)
{
	unsigned long to;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (huge)
		to = end;
	else
		to = start + (end - start);
	mmu_notifier_invalidate_range_end(mm, start, to);
}
