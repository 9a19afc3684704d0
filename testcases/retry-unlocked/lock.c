/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.c - is a retry found that is asked with no lock held, before it is taken or after it was dropped?
 */
#include "era-e/mmu_notifier.h"
#include "rcupdate.h"
#include "reader.h"

int bad_before(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) /* warn(retry-unlocked:retry-unlocked) */
		goto again;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_behind(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	mmap_read_lock(mirror->mm);
	ret = hmm_range_fault(range);
	mmap_read_unlock(mirror->mm);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	range->end = range->start;
	mutex_unlock(&mirror->lock);
	return mmu_interval_read_retry(&mirror->mni, range->notifier_seq); /* warn(retry-unlocked:retry-unlocked) */
}

int good_spinlock(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	spin_lock(&mirror->update);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
	spin_unlock(&mirror->update);
	return ret;
}

/* what mirror_lock() does is not seen */
int good_lock_of_another_file(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mirror_lock(mirror);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
	mirror_unlock(mirror);
	return ret;
}

/* a caller may hold it: the sequence was not read here */
bool good_caller_holds(struct mirror *mirror, struct hmm_range *range)
{
	return !mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
}

/* which keeps no callback out */
int bad_rcu(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	rcu_read_lock();
	if (!mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) /* warn(retry-unlocked:retry-unlocked) */
		mirror_program(mirror, range);
	rcu_read_unlock();
	return 0;
}

int good_locked_in_rcu(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	rcu_read_lock();
	spin_lock(&mirror->update);
	if (!mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		mirror_program(mirror, range);
	spin_unlock(&mirror->update);
	rcu_read_unlock();
	return 0;
}
