/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * up.c - is the lock that half of a cycle takes held in its other half?
 */
#include "cycle.h"

void up_locked(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	spin_lock(lock);
	bad_down(range, lock, n);
	spin_unlock(lock);
}

void up_unlocked(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	spin_lock(lock);
	spin_unlock(lock);
	good_down(range, lock, n);
}
