/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * invalidate-page.c - is a sleeping lock found in a callback under the ptl, and a trylock not?
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

void bad_mutex(struct mmu_notifier *mn, struct mm_struct *mm,
	       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps): 'mutex_lock()' may sleep in callback 'invalidate_page', which is called in atomic context */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_trylock(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mutex_trylock(&mirror->lock))
		return;
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

void good_spinlock(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	spin_lock(&mirror->pages_lock);
	mirror_unmap(mirror, address);
	spin_unlock(&mirror->pages_lock);
}

void bad_rwsem(struct mmu_notifier *mn, struct mm_struct *mm,
	       unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	down_read(&mirror->sem); /* warn(callback-sleeps): 'down_read()' may sleep */
	mirror_unmap(mirror, address);
	up_read(&mirror->sem);
}

void good_rwsem_trylock(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (down_read_trylock(&mirror->sem)) {
		mirror_unmap(mirror, address);
		up_read(&mirror->sem);
	}
}

void bad_once_each_path(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	wait_for_completion(&mirror->idle);
	mutex_unlock(&mirror->lock);
}

const struct mmu_notifier_ops ops_bad_mutex = {
	.invalidate_page = bad_mutex, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_trylock = {
	.invalidate_page = good_trylock, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_spinlock = {
	.invalidate_page = good_spinlock, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_rwsem = {
	.invalidate_page = bad_rwsem, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_rwsem_trylock = {
	.invalidate_page = good_rwsem_trylock, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_bad_once_each_path = {
	.invalidate_page = bad_once_each_path, /* warn(ops-invalidate-page:ops-alone) */
};
