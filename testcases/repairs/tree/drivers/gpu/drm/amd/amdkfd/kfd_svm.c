/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kfd_svm.c - ranges that a device shares with a process.
 */
#include "linux/mmu_notifier.h"

struct shared_range {
	struct mmu_interval_notifier notifier;
	struct mutex lock;
};

void device_evict(struct shared_range *shared, unsigned long first, unsigned long last);

static void svm_range_lock(struct shared_range *shared)
{
	mutex_lock(&shared->lock);
}

static void svm_range_unlock(struct shared_range *shared)
{
	mutex_unlock(&shared->lock);
}

static bool shared_invalidate(struct mmu_interval_notifier *mni,
			      const struct mmu_notifier_range *range,
			      unsigned long cur_seq)
{
	struct shared_range *shared;

	if (range->event == MMU_NOTIFY_RELEASE)
		return true;

	shared = container_of(mni, struct shared_range, notifier);
	svm_range_lock(shared);
	mmu_interval_set_seq(mni, cur_seq);
	device_evict(shared, range->start >> PAGE_SHIFT, (range->end - 1) >> PAGE_SHIFT);
	svm_range_unlock(shared);
	return true;
}

const struct mmu_interval_notifier_ops shared_ops = {
	.invalidate = shared_invalidate,
};
