/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-starts.c - is a start in a helper judged in the caller's context, one and
 * two levels down?
 */
#include "era-d1/mmu_notifier.h"

static void bad_start(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
}

static void start_outer(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	bad_start(mm, start, end);
}

static void good_start(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
}

void start_under_lock(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
		      unsigned long end)
{
	spin_lock(lock);
	start_outer(mm, start, end);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_start_then_lock(struct mm_struct *mm, spinlock_t *lock, unsigned long start,
			  unsigned long end)
{
	good_start(mm, start, end);
	spin_lock(lock);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
