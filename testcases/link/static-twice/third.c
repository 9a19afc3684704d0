/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * third.c - is a static variable the one of its own file?
 */
#include "other.h"

static spinlock_t state_lock;

void third_lock(void)
{
	spin_lock(&state_lock);
}

void third_unlock(void)
{
	spin_unlock(&state_lock);
}

void bad_third(struct mmu_notifier_range *range)
{
	third_lock();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	third_unlock();
}

static void probe_pool_link(spinlock_t *lock)
{
	spin_lock(lock);
}

void add_work_cache(spinlock_t *lock)
{
	probe_pool_link(lock);
}
