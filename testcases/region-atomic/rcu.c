/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rcu.c - are RCU read sections counted, also nested ones?
 */
#include "era-d2/mmu_notifier.h"
#include "rcupdate.h"

void bad_start_under_rcu(struct mmu_notifier_range *range)
{
	rcu_read_lock();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-rcu) */
	rcu_read_unlock();
	mmu_notifier_invalidate_range_end(range);
}

void bad_left_once_of_two(struct mmu_notifier_range *range)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-rcu) */
	rcu_read_unlock();
	mmu_notifier_invalidate_range_end(range);
}

void good_left_twice(struct mmu_notifier_range *range)
{
	rcu_read_lock();
	rcu_read_lock();
	rcu_read_unlock();
	rcu_read_unlock();
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
