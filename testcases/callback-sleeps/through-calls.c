/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * through-calls.c - is a sleep found behind calls, and reported where to repair it?
 */
#include "era-c/mmu_notifier.h"
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

static void wait_until_idle(struct mirror *mirror)
{
	wait_for_completion(&mirror->idle); /* warn(callback-sleeps): 'wait_for_completion()' may sleep in callback 'invalidate_page' */
}

static void unmap_all(struct mirror *mirror, unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE)
		mirror_unmap(mirror, start);
}

static void unmap_and_wait(struct mirror *mirror, unsigned long start,
			   unsigned long end)
{
	unmap_all(mirror, start, end);
	wait_until_idle(mirror); /* note: 'wait_until_idle()' is called */
}

void bad_two_calls_down(struct mmu_notifier *mn, struct mm_struct *mm, /* note: 'bad_two_calls_down()' is entered as callback 'mmu_notifier_ops.invalidate_page' */
			unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	unmap_and_wait(mirror, address, address + PAGE_SIZE); /* note: 'unmap_and_wait()' is called */
}

void good_two_calls_down(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	unmap_all(mirror, address, address + PAGE_SIZE);
}

static void unmap_locked(struct mirror *mirror, unsigned long address, bool atomic)
{
	if (!atomic)
		mutex_lock(&mirror->lock);
	mirror_unmap(mirror, address);
	if (!atomic)
		mutex_unlock(&mirror->lock);
}

void good_tells_helper(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	unmap_locked(mirror, address, true);
}

static void unmap_waiting(struct mirror *mirror, unsigned long address, bool atomic)
{
	if (!atomic)
		mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	if (!atomic)
		mutex_unlock(&mirror->lock);
}

void bad_tells_helper(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	unmap_waiting(mirror, address, false);
}

void bad_lock_of_a_header(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct engine_lock *engine = (struct engine_lock *)&mirror->lock;

	engine_lock(engine); /* warn(callback-sleeps): 'engine_lock()' may sleep */
	mirror_unmap(mirror, address);
	engine_unlock(engine);
}

void good_unlock_of_a_header(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct engine_lock *engine = (struct engine_lock *)&mirror->lock;

	mirror_unmap(mirror, address);
	engine_unlock(engine);
}

const struct mmu_notifier_ops ops_bad_two_calls_down = {
	.invalidate_page = bad_two_calls_down, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_two_calls_down = {
	.invalidate_page = good_two_calls_down, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_tells_helper = {
	.invalidate_page = good_tells_helper, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_tells_helper = {
	.invalidate_page = bad_tells_helper, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_lock_of_a_header = {
	.invalidate_page = bad_lock_of_a_header, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_unlock_of_a_header = {
	.invalidate_page = good_unlock_of_a_header, /* warn(ops-invalidate-page:ops-alone) */
};
