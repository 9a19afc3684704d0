/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - a region around functions of another file that lock.
 */
#include "given.h"

void good_counted(struct mmu_notifier_range *range, struct mmu_notifier_range *other, spinlock_t *lock,
		  const volatile int *busy)
{
	mmu_notifier_invalidate_range_start(range);
	count_work(other, lock, busy);
	mmu_notifier_invalidate_range_end(range);
}

/* what this file holds is held behind it, too */
void bad_counted_inside(struct mmu_notifier_range *range, struct mmu_notifier_range *other, spinlock_t *lock,
			spinlock_t *mine, const volatile int *busy)
{
	mmu_notifier_invalidate_range_start(range);
	count_work(other, lock, busy);
	spin_lock(mine); /* note: 'mine' is taken here */
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(mine);
}

void bad_begun(struct mmu_notifier_range *range, struct mmu_notifier_range *other, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	begin_work(other, lock);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock)[link] */
	end_work(lock);
}
