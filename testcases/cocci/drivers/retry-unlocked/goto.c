// SPDX-License-Identifier: GPL-2.0-only
/*
 * goto.c - is the lock taken first, and dropped where the reader tries again?
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

int bad_goto(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) /* warn(retry-unlocked): 'mmu_interval_read_retry()' is called before 'mirror->lock' is taken, which the callback takes */
		goto again;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_empty_lines(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;

	/* did anything change? */
	if (unlikely(mmu_interval_read_retry(&mirror->mni, range->notifier_seq))) { /* warn(retry-unlocked): 'mmu_interval_read_retry()' is called before 'mirror->lock' is taken, which the callback takes */
		ret = -1;
		goto again;
	}

	mutex_lock(&mirror->lock);

	/* the device's page table */
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_return(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, /* warn(retry-unlocked): 'mmu_interval_read_retry()' is called before 'mirror->lock' is taken, which the callback takes */
				    range->notifier_seq))
		return -1;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

