// SPDX-License-Identifier: GPL-2.0-only
/*
 * mutex.c - is the sequence set behind the mutex that the reader asks under, between comments?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool bad_mutex(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;

	/* the device's page table is ours from here on */
	mutex_lock(&mirror->lock); /* warn(sequence-unset): callback 'invalidate' says that it is done, but did not set the sequence */

	/* it drops what is there */
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops bad_mutex_ops = {
	.invalidate = bad_mutex,
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
