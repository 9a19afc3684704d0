// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-locks.c - is a callback left alone that takes two locks, one of them in a helper or a macro?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

#define MIRROR_LOCK(mirror) down_write(&(mirror)->sem)
#define MIRROR_UNLOCK(mirror) up_write(&(mirror)->sem)

static bool good_two_locks(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	down_write(&mirror->sem);
	mutex_lock(&mirror->lock);
	up_write(&mirror->sem);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_two_locks_ops = {
	.invalidate = good_two_locks,
};

static bool good_helper(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_lock(mirror);
	mutex_lock(&mirror->lock);
	mirror_unlock(mirror);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_helper_ops = {
	.invalidate = good_helper,
};

static bool good_macro(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	MIRROR_LOCK(mirror);
	MIRROR_UNLOCK(mirror);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_macro_ops = {
	.invalidate = good_macro,
};

static bool good_tried(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	struct mirror *other = mirror + 1;

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	if (mutex_trylock(&other->lock))
		mutex_unlock(&other->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_tried_ops = {
	.invalidate = good_tried,
};

int mirror_fault(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}
