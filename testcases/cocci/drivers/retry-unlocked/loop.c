// SPDX-License-Identifier: GPL-2.0-only
/*
 * loop.c - is the lock dropped before a continue and a break, too, and is it dropped as it was taken?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool spin_invalidate(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	spin_lock(&mirror->update);
	mmu_interval_set_seq(mni, cur_seq);
	spin_unlock(&mirror->update);
	return true;
}

const struct mmu_interval_notifier_ops spin_invalidate_ops = {
	.invalidate = spin_invalidate,
};

static bool semaphore_invalidate(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	down_write(&mirror->sem);
	mmu_interval_set_seq(mni, cur_seq);
	up_write(&mirror->sem);
	return true;
}

const struct mmu_interval_notifier_ops semaphore_invalidate_ops = {
	.invalidate = semaphore_invalidate,
};

int bad_continue(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	while (true) {
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
		ret = hmm_range_fault(range);
		if (ret)
			return ret;

		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) /* warn(retry-unlocked): 'mmu_interval_read_retry()' is called before 'mirror->update' is taken, which the callback takes */
			continue;
		spin_lock(&mirror->update);
		break;
	}
	mirror_program(mirror, range);
	spin_unlock(&mirror->update);
	return 0;
}

int bad_break(struct mirror *mirror, struct hmm_range *range)
{
	int tries;

	for (tries = 0; tries < 3; tries++) {
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
		if (hmm_range_fault(range))
			continue;
		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) { /* warn(retry-unlocked): 'mmu_interval_read_retry()' is called before 'mirror->sem' is taken, which the callback takes */
			tries = 3;
			break;
		}
		down_read(&mirror->sem);
		mirror_program(mirror, range);
		up_read(&mirror->sem);
	}
	return tries;
}
