/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * anew.c - does a reader go by that looks its pages up anew, with another sequence and no retry asked for the first?
 *
 * The first pages are thrown away. Those of a loop over chunks stay.
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

#define CHUNKS 4

int good_hint(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (mirror->mm == NULL)
		goto again;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_lock_not_had(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (!mutex_trylock(&mirror->lock)) {
		schedule();
		goto again;
	}
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

/* one sequence for all chunks: where one is not to be had, all start anew */
int good_chunks_anew(struct mirror *mirror, struct hmm_range *range, unsigned long start, unsigned long end)
{
	int ret;

again:
	range->start = start;
	range->end = start + PAGE_SIZE;
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	do {
		ret = hmm_range_fault(range);
		if (ret == -EAGAIN)
			goto again;
		if (ret)
			return ret;
		range->start = range->end;
		range->end += PAGE_SIZE;
	} while (range->end < end);
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}

/* two notifiers: where the one has changed, the other is not asked */
int good_two(struct mirror *a, struct mirror *b, struct hmm_range *of_a, struct hmm_range *of_b)
{
	int ret;

	for (;;) {
		of_a->notifier_seq = mmu_interval_read_begin(&a->mni);
		ret = hmm_range_fault(of_a);
		if (ret)
			return ret;
		of_b->notifier_seq = mmu_interval_read_begin(&b->mni);
		ret = hmm_range_fault(of_b);
		if (ret)
			return ret;
		mutex_lock(&a->lock);
		if (!mmu_interval_read_retry(&a->mni, of_a->notifier_seq) &&
		    !mmu_interval_read_retry(&b->mni, of_b->notifier_seq))
			break;
		mutex_unlock(&a->lock);
	}
	mirror_program(a, of_a);
	mirror_program(b, of_b);
	mutex_unlock(&a->lock);
	return 0;
}

int bad_two_chunks(struct mirror *mirror, struct hmm_range *range)
{
	unsigned long start = range->start;
	int ret;

	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	range->start = start + CHUNKS * PAGE_SIZE;
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni); /* warn(retry-missing:begin-again) */
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	ret = mmu_interval_read_retry(&mirror->mni, range->notifier_seq) ? -EAGAIN : 0;
	if (!ret)
		mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return ret;
}

/* each has its own range, and its own sequence there */
int good_two_ranges(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	range[0].notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(&range[0]);
	if (ret)
		return ret;
	range[1].start = range[0].start + CHUNKS * PAGE_SIZE;
	range[1].notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(&range[1]);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	ret = mmu_interval_read_retry(&mirror->mni, range[0].notifier_seq) ||
	      mmu_interval_read_retry(&mirror->mni, range[1].notifier_seq) ? -EAGAIN : 0;
	if (!ret)
		mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return ret;
}
