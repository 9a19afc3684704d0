/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * order.c - are pages found that a reader looked up and gave to the device with no retry, or with one that does not
 * speak for them?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"

int bad_no_retry(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_retry(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	mmap_read_lock(mirror->mm);
	ret = hmm_range_fault(range);
	mmap_read_unlock(mirror->mm);
	if (ret == -16)
		goto again;
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

int bad_after_retry_failed(struct mirror *mirror, struct hmm_range *range, bool force)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (!force && mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_begin_late(struct mirror *mirror, struct hmm_range *range)
{
	unsigned long seq;
	int ret;

	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	seq = mmu_interval_read_begin(&mirror->mni);
	mutex_lock(&mirror->lock);
	if (!mmu_interval_read_retry(&mirror->mni, seq)) /* warn(retry-missing:begin-late) */
		mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

/* what a function does that is passed a number only is not that retry */
int mirror_feature(int number);

int bad_begin_late_too(struct mirror *mirror, struct hmm_range *range)
{
	unsigned long seq;
	int ret;

	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	seq = mmu_interval_read_begin(&mirror->mni);
	mirror_feature(2);
	mutex_lock(&mirror->lock);
	if (!mmu_interval_read_retry(&mirror->mni, seq)) /* warn(retry-missing:begin-late) */
		mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

/* the last sequence does not speak for the chunks before */
int bad_begin_each_chunk(struct mirror *mirror, struct hmm_range *range, unsigned long end)
{
	int ret = 0;

	for (; range->start < end; range->start += PAGE_SIZE) {
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni); /* warn(retry-missing:begin-again) */
		ret = hmm_range_fault(range);
		if (ret)
			return ret;
	}
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq))
		ret = -11;
	else
		mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return ret;
}

int good_each_chunk_by_itself(struct mirror *mirror, struct hmm_range *range, unsigned long end)
{
	int ret;

	for (; range->start < end; range->start += PAGE_SIZE) {
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
		ret = hmm_range_fault(range);
		if (ret)
			return ret;
		mutex_lock(&mirror->lock);
		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
			mutex_unlock(&mirror->lock);
			return -11;
		}
		mirror_program(mirror, range);
		mutex_unlock(&mirror->lock);
	}
	return 0;
}

int bad_stale(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
again:
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) { /* warn(retry-missing:sequence-stale) */
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

/* whether mirror_map() asked it itself is not known */
int good_answer_used(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	ret = mirror_map(mirror, range);
	mutex_unlock(&mirror->lock);
	return ret;
}

/* only the page faults are wanted, the pages are not */
int good_thrown_away(struct mirror *mirror, struct hmm_range *range)
{
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	return hmm_range_fault(range);
}
