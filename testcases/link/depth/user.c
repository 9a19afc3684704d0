/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - is a call not followed that comes to an event only after many others?
 */
#include "chain.h"

void calls_near(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock); /* note[link]: 'lock' is taken here */
	near_1(range);
	spin_unlock(lock);
}

void good_too_far(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	far_1(range);
	spin_unlock(lock);
}
