/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.c - does a function that reads twice whether it has to lock keep the lock, as other files see it?
 */
#include "given.h"

static int count;

void count_work(struct mmu_notifier_range *range, spinlock_t *lock, const volatile int *busy)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	if (*busy)
		spin_lock(lock);
	count++;
	if (*busy)
		spin_unlock(lock);
}

/* one that gives nothing back keeps it */
void begin_work(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(lock); /* note[link]: 'lock' is taken here */
	count++;
}

void end_work(spinlock_t *lock)
{
	spin_unlock(lock);
}
