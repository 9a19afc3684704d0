// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-lock.c - is a callback left alone that takes another lock than the reader, or one for reading?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

struct other {
	struct mmu_interval_notifier mni;
	struct mutex lock;
};

static bool good_other_member(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->update);
	device_unmap(mirror, range->start, range->end);
	spin_unlock(&mirror->update);
	return true;
}

const struct mmu_interval_notifier_ops good_other_member_ops = {
	.invalidate = good_other_member,
};

static bool good_other_structure(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct other *other = container_of(mni, struct other, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&other->lock);
	other->mni.mm = NULL;
	mutex_unlock(&other->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_other_structure_ops = {
	.invalidate = good_other_structure,
};

static bool good_for_reading(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	down_read(&mirror->sem);
	device_unmap(mirror, range->start, range->end);
	up_read(&mirror->sem);
	return true;
}

const struct mmu_interval_notifier_ops good_for_reading_ops = {
	.invalidate = good_for_reading,
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

int mirror_fault_again(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	down_read(&mirror->sem);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		up_read(&mirror->sem);
		goto again;
	}
	mirror_program(mirror, range);
	up_read(&mirror->sem);
	return 0;
}
