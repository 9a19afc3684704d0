/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - a lock is held around a function of another file, which sleeps and then starts a region.
 */
#include "slept.h"

void with_lock(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	slow_work(range, range->flags);
	spin_unlock(lock);
}

/* two locks do not sleep */
void with_two_locks(struct mmu_notifier_range *range, spinlock_t *lock, spinlock_t *other)
{
	spin_lock(lock);
	spin_lock(other);
	quick_work(range);
	spin_unlock(other);
	spin_unlock(lock);
}

void with_lock_forgotten(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	forgetful_work(range);
	spin_unlock(lock);
}

/* nor does what may sleep, and here does not */
void with_lock_and_memory(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	atomic_work(range);
	spin_unlock(lock);
}
