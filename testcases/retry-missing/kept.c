/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kept.c - is a reader found that takes a lock and keeps what it looked up, and returns with no retry asked?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"

void mirror_flush(struct mirror *mirror);
int mirror_commit(struct mirror *mirror);

int bad_kept(struct mirror *mirror, struct hmm_range *range, unsigned long *pfn)
{
	unsigned long seq;
	int ret;

	seq = mmu_interval_read_begin(&mirror->mni);
	mmap_read_lock(mirror->mm);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	mmap_read_unlock(mirror->mm);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	*pfn = range->hmm_pfns[0];
	range->notifier_seq = seq;
	mutex_unlock(&mirror->lock);
	return 0;
}

/* mirror_commit() has neither the sequence nor where it lies */
int bad_commit(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	if (ret)
		return ret;
	spin_lock(&mirror->update);
	ret = mirror_commit(mirror);
	spin_unlock(&mirror->update);
	return ret;
}

int good_asked(struct mirror *mirror, struct hmm_range *range, unsigned long *pfn)
{
	unsigned long seq;
	int ret;

	seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, seq)) {
		mutex_unlock(&mirror->lock);
		return -11;
	}
	*pfn = range->hmm_pfns[0];
	mutex_unlock(&mirror->lock);
	return 0;
}

/* it fails before it asks */
int good_fails(struct mirror *mirror, struct hmm_range *range, bool gone)
{
	unsigned long seq;
	int ret;

	seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (gone) {
		mutex_unlock(&mirror->lock);
		return -2;
	}
	ret = mmu_interval_read_retry(&mirror->mni, seq) ? -11 : 0;
	mutex_unlock(&mirror->lock);
	return ret;
}

/* only the mmap lock, for another lookup */
int good_mmap_lock(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mmap_read_lock(mirror->mm);
	mirror_flush(mirror);
	mmap_read_unlock(mirror->mm);
	return 0;
}

/* the sequence lies where job_commit() finds it */
struct job {
	struct hmm_range *range;
	unsigned long seq;
};

int job_commit(struct job *job);
int mirror_feature(int number);

int good_job(struct mirror *mirror, struct hmm_range *range)
{
	struct job job;
	int ret;

	job.range = range;
	job.seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	spin_lock(&mirror->update);
	ret = job_commit(&job);
	spin_unlock(&mirror->update);
	return ret;
}

/* a function that is passed a number cannot have asked */
int bad_feature(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	if (ret)
		return ret;
	spin_lock(&mirror->update);
	if (mirror_feature(2))
		mirror_program(mirror, range);
	spin_unlock(&mirror->update);
	return 0;
}
