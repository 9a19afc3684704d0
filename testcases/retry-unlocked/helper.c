/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper.c - is a lock held that a helper has taken, in a file that has no callback?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"

static void lock_device(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	mirror->mm = NULL;
}

static void unlock_device(struct mirror *mirror)
{
	mutex_unlock(&mirror->lock);
}

int good_helper_locks(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	lock_device(mirror);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
	unlock_device(mirror);
	return ret;
}

int bad_helper_unlocks(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	lock_device(mirror);
	unlock_device(mirror);
	return mmu_interval_read_retry(&mirror->mni, range->notifier_seq); /* warn(retry-unlocked:retry-unlocked) */
}
