/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fourth.c - and is a function of another file not taken for a static one whose name has the same hash?
 */
#include "other.h"

/* their hashes are 0xf3e76119; third.c has both, too */
static void probe_pool_link(spinlock_t *lock)
{
	spin_unlock(lock);
}

void bad_same_hash(struct mmu_notifier_range *range, spinlock_t *lock)
{
	add_work_cache(lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
	probe_pool_link(lock);
}
