/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say whether a region is left open, ended twice or
 * started again, and the path show where it started?
 */
#include "era-d1/mmu_notifier.h"

int bad_left_open(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		  unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end); /* note: region */
	if (pmd_none(*pmd))
		return -EINVAL; /* warn(region-balance): region 'mm' is still open at this return */ /* note: fix: add 'mmu_notifier_invalidate_range_end()' for region 'mm', which starts at line 11, before this return; */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

void bad_ended_twice(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end); /* note: region */
	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(region-balance): region 'mm' is ended a second time */ /* note: fix: remove this end, or the one at line 21; */
}

void bad_started_again(struct mm_struct *mm, unsigned long start, unsigned long end,
		     pmd_t *pmd, int n)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-balance): region 'mm' is started again while it is open */ /* note: fix: end region 'mm' in each round of the loop, or start it before the loop; */
		if (pmd_none(*pmd++))
			continue;
		mmu_notifier_invalidate_range_end(mm, start, end);
		if (--n == 0)
			break;
	}
}

void good_balanced(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
