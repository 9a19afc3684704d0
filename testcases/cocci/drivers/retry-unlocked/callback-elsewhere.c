// SPDX-License-Identifier: GPL-2.0-only
/*
 * callback-elsewhere.c - is a retry left alone where the callback is in another file, or sets the sequence without the lock?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool mirror_invalidate(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	return true;
}

const struct mmu_interval_notifier_ops mirror_invalidate_ops = {
	.invalidate = mirror_invalidate,
};

int good_elsewhere(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		goto again;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

