/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conditional-lock.c - where the lock depends on a condition, is start found
 * exactly on the path that has it?
 */
#include "era-d2/mmu_notifier.h"

void good_recomputed(struct mmu_notifier_range *range, spinlock_t *lock,
		     unsigned int flags)
{
	if (flags & 1)
		spin_lock(lock);
	if (!(flags & 1))
		mmu_notifier_invalidate_range_start(range);
	if (flags & 1)
		spin_unlock(lock);
	if (!(flags & 1))
		mmu_notifier_invalidate_range_end(range);
}

void bad_recomputed(struct mmu_notifier_range *range, spinlock_t *lock,
		    unsigned int flags)
{
	if (flags & 1)
		spin_lock(lock);
	if (flags & 1)
		mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	if (flags & 1)
		spin_unlock(lock);
	if (flags & 1)
		mmu_notifier_invalidate_range_end(range);
}

void good_lock_if_given(struct mmu_notifier_range *range, spinlock_t *l)
{
	if (l)
		spin_lock(l);
	flush_tlb_range(NULL, range->start, range->end);
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_lock_if_given(struct mmu_notifier_range *range, spinlock_t *l)
{
	if (l)
		spin_lock(l);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_end(range);
}

void good_trylock_failed(struct mmu_notifier_range *range, spinlock_t *lock)
{
	if (spin_trylock(lock)) {
		spin_unlock(lock);
		return;
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_trylock_succeeded(struct mmu_notifier_range *range, spinlock_t *lock)
{
	if (!spin_trylock(lock))
		return;
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
}

void good_flag_variable(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	bool locked = false;

	if (n > 3) {
		spin_lock(lock);
		locked = true;
	}
	flush_tlb_range(NULL, range->start, range->end);
	if (locked) {
		spin_unlock(lock);
		locked = false;
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
