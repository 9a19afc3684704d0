/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-flag.c - does a flag decide whether a helper starts at all?
 */
#include "era-d1/mmu_notifier.h"

static void clear(struct mm_struct *mm, unsigned long start, unsigned long end,
		  bool notify)
{
	if (notify)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
	if (notify)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

static void bad_clear(struct mm_struct *mm, unsigned long start, unsigned long end,
		      bool notify)
{
	if (notify)
		mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
	flush_tlb_range(NULL, start, end);
}

void good_not_under_lock(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
			 unsigned long end)
{
	clear(mm, start, end, true);
	spin_lock(lock);
	clear(mm, start, end, false);
	spin_unlock(lock);
}

void clear_under_lock(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
		      unsigned long end)
{
	spin_lock(lock);
	bad_clear(mm, start, end, true);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
