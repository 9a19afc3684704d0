/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rwlock.c - do the reader's and the writer's side of an rwlock forbid sleeping?
 */
#include "era-d2/mmu_notifier.h"

void bad_read_lock(struct mmu_notifier_range *range, rwlock_t *lock)
{
	read_lock(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	read_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
}

void bad_write_lock(struct mmu_notifier_range *range, rwlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	write_lock(lock);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock) */
	write_unlock(lock);
}

void good_dropped(struct mmu_notifier_range *range, rwlock_t *lock)
{
	read_lock(lock);
	read_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	write_lock(lock);
	write_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
}
