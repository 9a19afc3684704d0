/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reader.c - is the retry asked with the lock held that such a helper takes?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"
#include "locks.h"

int good_locks_all(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mirror_lock_all(mirror);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
	mirror_unlock_all(mirror);
	return ret;
}

/* .. that is another one than the callback's, whose file shows it */
int bad_locks_mine(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mirror_lock_mine(mirror);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq); /* warn(retry-unlocked:other-lock)[link] */
	up_write(&mirror->sem);
	return ret;
}

int bad_locks_none(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mirror_lock_all(mirror);
	mirror_unlock_all(mirror);
	return mmu_interval_read_retry(&mirror->mni, range->notifier_seq); /* warn(retry-unlocked:retry-unlocked) */
}
