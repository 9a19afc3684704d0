// SPDX-License-Identifier: GPL-2.0-only
/*
 * asked.c - is the sequence set behind a lock that is tried where the callback may not sleep?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool bad_asked(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range)) /* warn(sequence-unset): callback 'invalidate' says that it is done, but did not set the sequence */
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return false;
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops bad_asked_ops = {
	.invalidate = bad_asked,
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
