/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * allocation-4.19.c - are the flags of an allocation read as the kernel of the unit means them?
 */
#define TEST_GFP_4_19
#include "era-d1/mmu_notifier.h"
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

void bad_kernel(struct mmu_notifier *mn, struct mm_struct *mm,
		unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	void *record;

	record = kmalloc(64, TEST_GFP_KERNEL); /* warn(callback-sleeps:callback-atomic) */
	kfree(record);
}

void good_atomic(struct mmu_notifier *mn, struct mm_struct *mm,
		 unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	void *record;

	record = kmalloc(64, TEST_GFP_ATOMIC);
	kfree(record);
}

void bad_kernel_zeroed(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	void *record;

	record = kzalloc(64, TEST_GFP_KERNEL); /* warn(callback-sleeps:callback-atomic) */
	kfree(record);
}

void good_atomic_zeroed(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	void *record;

	record = kzalloc(64, TEST_GFP_ATOMIC);
	kfree(record);
}

void good_unknown_flags(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long address, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	void *record;

	record = kzalloc(64, mirror->pages);
	kfree(record);
}

const struct mmu_notifier_ops ops_bad_kernel = {
	.invalidate_range = bad_kernel,
};

const struct mmu_notifier_ops ops_good_atomic = {
	.invalidate_range = good_atomic,
};

const struct mmu_notifier_ops ops_bad_kernel_zeroed = {
	.invalidate_range = bad_kernel_zeroed,
};

const struct mmu_notifier_ops ops_good_atomic_zeroed = {
	.invalidate_range = good_atomic_zeroed,
};

const struct mmu_notifier_ops ops_good_unknown_flags = {
	.invalidate_range = good_unknown_flags,
};
