// SPDX-License-Identifier: GPL-2.0-only
/*
 * mutex.c - does a callback ask, and fail without the lock, whatever it looks at before?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool bad_mutex(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	/* the device's page table is ours from here on */
	mutex_lock(&mirror->lock); /* warn(callback-nonblock): 'mutex_lock()' may sleep in callback 'invalidate', which did not check whether blocking is allowed */
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops bad_mutex_ops = {
	.invalidate = bad_mutex,
};

static bool bad_semaphores(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	down_write(&mirror->sem); /* warn(callback-nonblock): 'down_write()' may sleep in callback 'invalidate', which did not check whether blocking is allowed */
	mmu_interval_set_seq(mni, cur_seq);
	up_write(&mirror->sem);
	return true;
}

const struct mmu_interval_notifier_ops bad_semaphores_ops = {
	.invalidate = bad_semaphores,
};

static bool bad_after_looking(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = to_mirror(mni);
	unsigned long start = range->start;
	unsigned long end;

	if (range->event == MMU_NOTIFY_MIGRATE && range->owner == mirror->mm)
		return true;
	if (unlikely(start >= range->end)) {
		return true;
	}
	end = range->end;
	pr_debug("%lx to %lx;\n", start, end);

	down_read(&mirror->sem); /* warn(callback-nonblock): 'down_read()' may sleep in callback 'invalidate', which did not check whether blocking is allowed */

	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, start, end);
	up_read(&mirror->sem);
	return true;
}

const struct mmu_interval_notifier_ops bad_after_looking_ops = {
	.invalidate = bad_after_looking,
};

