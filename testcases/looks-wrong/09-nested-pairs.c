/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 09-nested-pairs.c - may a function with a region open call one that has a pair of
 * its own on the same mm?
 */
#include "era-d1/mmu_notifier.h"

static void split(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	flush_tlb_range(NULL, addr, addr + PMD_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void good_nested(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	split(mm, start & PMD_MASK);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_nested_same_range(struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	split(mm, addr);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void bad_nested(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	split(mm, start & PMD_MASK);
	mmu_notifier_invalidate_range_end(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(region-balance:ended-twice) */
}
