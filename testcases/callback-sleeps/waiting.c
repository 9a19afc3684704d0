/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * waiting.c - does a callback sleep when it waits for another thread, and not when it wakes one?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	spinlock_t pages_lock;
	struct completion idle;
	struct work_struct work;
	struct wait_queue_head wq;
	unsigned long pages;
};

void mirror_unmap(struct mirror *mirror, unsigned long address);

void bad_wait_for_completion(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	wait_for_completion(&mirror->idle); /* warn(callback-sleeps:callback-atomic) */
}

void good_complete(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	complete(&mirror->idle);
}

void bad_wait_event(struct mmu_notifier *mn, struct mm_struct *mm,
		    unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_unmap(mirror, address);
	wait_event(mirror->wq, !mirror->pages); /* warn(callback-sleeps:callback-atomic) */
}

void bad_cancel_work(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	cancel_work_sync(&mirror->work); /* warn(callback-sleeps:callback-atomic) */
}

void good_schedule_work(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_unmap(mirror, address);
	schedule_work(&mirror->work);
}

void bad_synchronize_rcu(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_unmap(mirror, address);
	synchronize_rcu(); /* warn(callback-sleeps:callback-atomic) */
}

void bad_cond_resched_in_loop(struct mmu_notifier *mn, struct mm_struct *mm,
			      unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	unsigned long i;

	for (i = 0; i < mirror->pages; i++) {
		mirror_unmap(mirror, address + i);
		cond_resched(); /* warn(callback-sleeps:callback-atomic) */
	}
}

void good_loop(struct mmu_notifier *mn, struct mm_struct *mm,
	       unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	unsigned long i;

	for (i = 0; i < mirror->pages; i++) {
		mirror_unmap(mirror, address + i);
		barrier();
	}
}

void bad_might_sleep(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	might_sleep(); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
}

void good_nothing(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_unmap(mirror, address);
}

void good_returns_first(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mirror->pages)
		return;
	if (!mirror->pages)
		return;
	synchronize_rcu();
}

void good_kick(struct mmu_notifier *mn, struct mm_struct *mm,
	       unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror->pages--;
	complete(&mirror->idle);
	schedule_work(&mirror->work);
}

const struct mmu_notifier_ops ops_bad_wait_for_completion = {
	.invalidate_range = bad_wait_for_completion,
};

const struct mmu_notifier_ops ops_good_complete = {
	.invalidate_range = good_complete,
};

const struct mmu_notifier_ops ops_bad_wait_event = {
	.invalidate_range = bad_wait_event,
};

const struct mmu_notifier_ops ops_bad_cancel_work = {
	.invalidate_range = bad_cancel_work,
};

const struct mmu_notifier_ops ops_good_schedule_work = {
	.invalidate_range = good_schedule_work,
};

const struct mmu_notifier_ops ops_bad_synchronize_rcu = {
	.invalidate_range = bad_synchronize_rcu,
};

const struct mmu_notifier_ops ops_bad_cond_resched_in_loop = {
	.invalidate_range = bad_cond_resched_in_loop,
};

const struct mmu_notifier_ops ops_good_loop = {
	.invalidate_range = good_loop,
};

const struct mmu_notifier_ops ops_bad_might_sleep = {
	.invalidate_range = bad_might_sleep,
};

const struct mmu_notifier_ops ops_good_nothing = {
	.invalidate_range = good_nothing,
};

const struct mmu_notifier_ops ops_good_returns_first = {
	.invalidate_range = good_returns_first,
};

const struct mmu_notifier_ops ops_good_kick = {
	.invalidate_range = good_kick,
};
