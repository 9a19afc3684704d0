/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * caller.c - is a lock that is taken here held two files further?
 */
#include "region.h"

void bad_locked(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock); /* note[link]: 'lock' is taken here */
	region_passed_on(range);
	spin_unlock(lock);
}

void good_unlocked(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	region_count(range);
	spin_unlock(lock);
	region_of_others(range);
}
