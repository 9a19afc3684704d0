// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-lock.c - is a retry left alone where the lock is not seen to be the callback's?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

struct reader {
	struct mutex lock;
};

static bool mirror_invalidate(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops mirror_invalidate_ops = {
	.invalidate = mirror_invalidate,
};

int good_other_member(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	down_read(&mirror->sem);
	mirror_program(mirror, range);
	up_read(&mirror->sem);
	return 0;
}

int good_other_structure(struct mirror *mirror, struct hmm_range *range, struct reader *reader)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	mutex_lock(&reader->lock);
	mirror_program(mirror, range);
	mutex_unlock(&reader->lock);
	return 0;
}

int good_helper(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	mirror_lock(mirror);
	mirror_program(mirror, range);
	mirror_unlock(mirror);
	return 0;
}

int good_other_object(struct mirror *mirror, struct mirror *parent, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	mutex_lock(&parent->lock);
	mirror_program(mirror, range);
	mutex_unlock(&parent->lock);
	return 0;
}

