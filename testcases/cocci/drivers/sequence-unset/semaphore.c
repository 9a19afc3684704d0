// SPDX-License-Identifier: GPL-2.0-only
/*
 * semaphore.c - is a semaphore that the callback takes for writing and the reader for reading one lock?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool bad_semaphore(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	down_write(&mirror->sem); /* warn(sequence-unset): callback 'invalidate' says that it is done, but did not set the sequence */
	device_unmap(mirror, range->start, range->end);
	up_write(&mirror->sem);
	return true;
}

const struct mmu_interval_notifier_ops bad_semaphore_ops = {
	.invalidate = bad_semaphore,
};

int mirror_fault(struct mirror *mirror, struct hmm_range *range)
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
