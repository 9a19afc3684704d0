/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch-return.c - is a case that returns without the end found?
 */
#include "era-d1/mmu_notifier.h"

int bad_case_returns(struct mm_struct *mm, unsigned long start, unsigned long end, int kind)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (kind) {
	case 0:
		flush_tlb_range(NULL, start, end);
		break;
	case 1:
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	default:
		break;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int good_case_ends(struct mm_struct *mm, unsigned long start, unsigned long end, int kind)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (kind) {
	case 0:
		flush_tlb_range(NULL, start, end);
		break;
	case 1:
		mmu_notifier_invalidate_range_end(mm, start, end);
		return -EAGAIN;
	default:
		break;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int good_same_switch_twice(struct mm_struct *mm, unsigned long start, unsigned long end,
			   int kind)
{
	switch (kind) {
	case 1:
		mmu_notifier_invalidate_range_start(mm, start, end);
		break;
	default:
		break;
	}
	flush_tlb_range(NULL, start, end);
	switch (kind) {
	case 1:
		mmu_notifier_invalidate_range_end(mm, start, end);
		break;
	default:
		break;
	}
	return 0;
}
