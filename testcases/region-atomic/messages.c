/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message name what forbids sleeping,
 * and the path show where it started?
 */
#include "era-d2/mmu_notifier.h"
#include "rcupdate.h"

void bad_start_under_spinlock(struct mmu_notifier_range *range,
			      struct address_space *mapping)
{
	spin_lock(&mapping->tree_lock); /* note: tree_lock */
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic): 'mmu_notifier_invalidate_range_start()' may sleep while 'mapping->tree_lock' is held */ /* note: fix: start the region before 'mapping->tree_lock' is taken at line 12; */
	spin_unlock(&mapping->tree_lock);
	mmu_notifier_invalidate_range_end(range);
}

void bad_start_under_pointed(struct mmu_notifier_range *range, struct address_space **mapping)
{
	spin_lock(&(*mapping)->tree_lock); /* note: tree_lock */
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic): 'mmu_notifier_invalidate_range_start()' may sleep while '(*mapping)->tree_lock' is held */ /* note: fix: start the region before '(*mapping)->tree_lock' is taken at line 20; */
	spin_unlock(&(*mapping)->tree_lock);
	mmu_notifier_invalidate_range_end(range);
}

void bad_end_under_rcu(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	rcu_read_lock(); /* note: rcu_read_lock */
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic): 'mmu_notifier_invalidate_range_end()' may sleep inside an RCU read-side section */ /* note: fix: end the region after the RCU read-side section; */
	rcu_read_unlock();
}

/* other files call it under the lock of the table that it fills */
void do_set_pte(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic): 'mmu_notifier_invalidate_range_start()' may sleep while a caller holds a page table lock */ /* note: fix: start the region in the caller, before it takes the page table lock; */
	mmu_notifier_invalidate_range_end(range);
}

void good_after_unlock(struct mmu_notifier_range *range, struct address_space *mapping)
{
	spin_lock(&mapping->tree_lock);
	spin_unlock(&mapping->tree_lock);
	mmu_notifier_invalidate_range_start(range);
	rcu_read_lock();
	rcu_read_unlock();
	mmu_notifier_invalidate_range_end(range);
}
