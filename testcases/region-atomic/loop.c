/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - is a lock that one turn of a loop leaves held seen by the next?
 */
#include "era-d2/mmu_notifier.h"

void bad_second_turn(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
		mmu_notifier_invalidate_range_end(range);
		spin_lock(lock);
		if (--n == 0)
			break;
	}
	spin_unlock(lock);
}

void good_each_turn(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(range);
		mmu_notifier_invalidate_range_end(range);
		spin_lock(lock);
		if (--n == 0)
			break;
		spin_unlock(lock);
	}
	spin_unlock(lock);
}

void good_do_while(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	do {
		mmu_notifier_invalidate_range_start(range);
		spin_lock(lock);
		flush_tlb_range(NULL, range->start, range->end);
		spin_unlock(lock);
		mmu_notifier_invalidate_range_end(range);
	} while (--n);
}

void bad_goto_back(struct mmu_notifier_range *range, spinlock_t *lock)
{
again:
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_lock(lock);
	if (READ_ONCE(range->mm->flags))
		goto again;
	spin_unlock(lock);
}

void good_goto_back(struct mmu_notifier_range *range, spinlock_t *lock)
{
again:
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(lock);
	if (READ_ONCE(range->mm->flags)) {
		spin_unlock(lock);
		goto again;
	}
	spin_unlock(lock);
}
