/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is an end on one branch told from an end on
 * both, in either order of the branches?
 */
#include "era-d1/mmu_notifier.h"

int bad_then_way_1(struct mm_struct *mm, unsigned long start, unsigned long end, bool fast)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (fast)
		mmu_notifier_invalidate_range_end(mm, start, end);
	else
		flush_tlb_range(NULL, start, end);
	return 0; /* warn(region-balance:open-at-return) */
}

int bad_else_way_2(struct mm_struct *mm, unsigned long start, unsigned long end, bool fast)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!fast)
		flush_tlb_range(NULL, start, end);
	else
		mmu_notifier_invalidate_range_end(mm, start, end);
	return 0; /* warn(region-balance:open-at-return) */
}

int good_way_1(struct mm_struct *mm, unsigned long start, unsigned long end, bool fast)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (fast) {
		mmu_notifier_invalidate_range_end(mm, start, end);
	} else {
		flush_tlb_range(NULL, start, end);
		mmu_notifier_invalidate_range_end(mm, start, end);
	}
	return 0;
}

int good_way_2(struct mm_struct *mm, unsigned long start, unsigned long end, bool fast)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!fast) {
		flush_tlb_range(NULL, start, end);
		mmu_notifier_invalidate_range_end(mm, start, end);
	} else {
		mmu_notifier_invalidate_range_end(mm, start, end);
	}
	return 0;
}
