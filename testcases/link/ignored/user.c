/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - is what a comment hides in a file alone hidden in the whole, and is it new there to nobody?
 */
#include "zap.h"

void good_user(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	zap(range);
	spin_unlock(lock);
}

void good_header(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	zap_by_header(range);
	spin_unlock(lock);
}

/* the comment of the header comes with both files */
void good_header_alone(struct mmu_notifier_range *range)
{
	zap_in_header(range);
}

void bad_user(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	zap_other(range);
	spin_unlock(lock);
}

void good_alone(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	/* mncheck: ignore(region-atomic): the lock is a test's own */
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(lock);
}
