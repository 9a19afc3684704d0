/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * error-in-helper.c - is a region that a helper leaves open where it fails reported at the
 * helper's own return?
 */
#include "era-d1/mmu_notifier.h"

static int bad_half(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (start > 8)
		return -EINVAL;	/* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_outer(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (bad_half(mm, start, end))
		return -EAGAIN;
	flush_tlb_range(NULL, start, end);
	return 0;
}

static int good_half(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (start > 8)
		return -EINVAL;
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int good_outer(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (good_half(mm, start, end)) {
		mmu_notifier_invalidate_range_end(mm, start, end);
		return -EAGAIN;
	}
	flush_tlb_range(NULL, start, end);
	return 0;
}
