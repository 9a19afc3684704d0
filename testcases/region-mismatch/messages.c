/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say what differs, and the path show the start?
 */
#include "era-d1/mmu_notifier.h"

void bad_other_end(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end); /* note: region */
	mmu_notifier_invalidate_range_end(mm, start, start); /* warn(region-mismatch): 'mmu_notifier_invalidate_range_end()' is passed a different range than region 'mm' */ /* note: fix: pass the bounds with which region 'mm' is started at line 9; */
}

void good_same(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
