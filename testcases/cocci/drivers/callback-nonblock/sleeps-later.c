// SPDX-License-Identifier: GPL-2.0-only
/*
 * sleeps-later.c - is a callback left alone that sleeps elsewhere as well, or takes another lock?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

struct device_wait {
	struct completion idle;
};

static struct device_wait device_wait;

static void wait_for_device(void)
{
	wait_for_completion(&device_wait.idle);
}

static void
unmap_and_wait(struct mirror *mirror)
{
	device_unmap(mirror, 0, -1UL);
	wait_for_device();
}

static bool good_waits(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	wait_for_completion(&device_wait.idle);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_waits_ops = {
	.invalidate = good_waits,
};

static bool good_helper_waits(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	unmap_and_wait(mirror);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_helper_waits_ops = {
	.invalidate = good_helper_waits,
};

static bool good_two_locks(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	down_read(&mirror->sem);
	up_read(&mirror->sem);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_two_locks_ops = {
	.invalidate = good_two_locks,
};

static bool good_other_lock_first(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror_lock(mirror);
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mirror_unlock(mirror);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_other_lock_first_ops = {
	.invalidate = good_other_lock_first,
};

