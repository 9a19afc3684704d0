// SPDX-License-Identifier: GPL-2.0-only
/*
 * branch.c - is a retry left alone that not each path to the lock asks, or that does not jump?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

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

int good_in_a_branch(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (range->start) {
		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
			goto again;
	}
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_with_no_braces(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (range->start)
		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
			goto again;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_goes_on(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		ret = -1;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_else(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	else
		ret = 1;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_more(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq) || range->end)
		goto again;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_unlocks(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mirror_unlock(mirror);
		goto again;
	}
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

