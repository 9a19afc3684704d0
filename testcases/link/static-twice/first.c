/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * first.c - is a static function the one of its own file, where another file has one of that name?
 */
#include "other.h"

static void finish(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_first(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	finish(range, lock);
}

void calls_second(struct mmu_notifier_range *range, spinlock_t *lock)
{
	second(range, lock);
}
