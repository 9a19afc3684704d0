/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is one branch with another range enough, in
 * either order of the branches?
 */
#include "era-d1/mmu_notifier.h"

void bad_then_way_1(struct mm_struct *mm, unsigned long start, unsigned long end, bool huge)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (huge)
		mmu_notifier_invalidate_range_end(mm, start, end + PMD_SIZE); /* warn(region-mismatch:other-range) */
	else
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_else_way_2(struct mm_struct *mm, unsigned long start, unsigned long end, bool huge)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!huge)
		mmu_notifier_invalidate_range_end(mm, start, end);
	else
		mmu_notifier_invalidate_range_end(mm, start, end + PMD_SIZE); /* warn(region-mismatch:other-range) */
}

void good_way_1(struct mm_struct *mm, unsigned long start, unsigned long end, bool huge)
{
	if (huge)
		end += HPAGE_PMD_SIZE;
	else
		cond_resched();
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_way_2(struct mm_struct *mm, unsigned long start, unsigned long end, bool huge)
{
	if (!huge)
		cond_resched();
	else
		end += HPAGE_PMD_SIZE;
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

int good_goto_out(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd)
{
	int ret = -EAGAIN;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (pmd_none(*pmd))
		goto out;
	ret = 0;
out:
	mmu_notifier_invalidate_range_end(mm, start, end);
	return ret;
}

void bad_switch(struct mm_struct *mm, unsigned long start, unsigned long end, int level)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (level) {
	case 1:
		mmu_notifier_invalidate_range_end(mm, start - PAGE_SIZE, end); /* warn(region-mismatch:other-range) */
		break;
	default:
		mmu_notifier_invalidate_range_end(mm, start, end);
		break;
	}
}
