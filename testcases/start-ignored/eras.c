/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * eras.c - is the start of Linux 4.19 and 4.20 known, which has no structure?
 */
#include "era-d1/mmu_notifier.h"

bool good_tested(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (mmu_notifier_invalidate_range_start_nonblock(mm, start, end))
		return false;
	mmu_notifier_invalidate_range_end(mm, start, end);
	return true;
}

void bad_ignored(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start_nonblock(mm, start, end); /* warn(start-ignored:result-ignored) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

bool bad_ended(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	bool ok = !mmu_notifier_invalidate_range_start_nonblock(mm, start, end);

	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(start-ignored): region 'mm' is ended although */
	return ok;
}

/* told to block it cannot fail, and what it returns is 0 */
void good_told_to_block(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	__mmu_notifier_invalidate_range_start(mm, start, end, true);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_told_not_to_block(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	__mmu_notifier_invalidate_range_start(mm, start, end, false); /* warn(start-ignored:result-ignored) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

bool good_told_not_to_block(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (__mmu_notifier_invalidate_range_start(mm, start, end, false))
		return false;
	mmu_notifier_invalidate_range_end(mm, start, end);
	return true;
}
