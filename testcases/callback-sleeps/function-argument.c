/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * function-argument.c - is a function that is an argument followed where it is called?
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

struct page_walk {
	void (*each)(struct mirror *mirror, unsigned long address);
};

static void wait_each(struct mirror *mirror, unsigned long address)
{
	mutex_lock(&mirror->lock); /* warn(callback-sleeps:callback-atomic) */
	mirror_unmap(mirror, address);
	mutex_unlock(&mirror->lock);
}

static void try_each(struct mirror *mirror, unsigned long address)
{
	if (mutex_trylock(&mirror->lock)) {
		mirror_unmap(mirror, address);
		mutex_unlock(&mirror->lock);
	}
}

static void for_each(struct mirror *mirror, unsigned long address,
		     void (*each)(struct mirror *mirror, unsigned long address))
{
	each(mirror, address);
	each(mirror, address + PAGE_SIZE);
}

void bad_argument(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	for_each(mirror, address, wait_each);
}

void good_argument(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long address)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	for_each(mirror, address, try_each);
}

const struct mmu_notifier_ops ops_bad_argument = {
	.invalidate_page = bad_argument, /* warn(ops-invalidate-page:ops-alone) */
};

const struct mmu_notifier_ops ops_good_argument = {
	.invalidate_page = good_argument, /* warn(ops-invalidate-page:ops-alone) */
};
