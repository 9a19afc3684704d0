/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * clipped.c - is a loop over chunks found whose last one is cut at the end?
 */
#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

#define min(a, b) ((a) < (b) ? (a) : (b))

int bad_from_end_to_end(struct mirror *mirror, struct hmm_range *range, unsigned long end)
{
	do {
		range->end = min(range->start + PMD_SIZE, end);
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni); /* warn(retry-missing:begin-again) */
		if (hmm_range_fault(range))
			return -EBUSY;
		range->start = range->end;
	} while (range->end < end);
	return 0;
}

int bad_cut_later(struct mirror *mirror, struct hmm_range *range, unsigned long start, unsigned long end)
{
	unsigned long address, next;

	for (address = start; address < end; address = next) {
		next = address + PMD_SIZE;
		if (next > end)
			next = end;
		range->start = address;
		range->end = next;
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni); /* warn(retry-missing:begin-again) */
		if (hmm_range_fault(range))
			return -EBUSY;
	}
	return 0;
}

int bad_fixed_steps(struct mirror *mirror, struct hmm_range *range, unsigned long start, unsigned long end)
{
	unsigned long address;

	for (address = start; address < end; address += PMD_SIZE) {
		range->start = address;
		range->end = min(address + PMD_SIZE, end);
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni); /* warn(retry-missing:begin-again) */
		if (hmm_range_fault(range))
			return -EBUSY;
	}
	return 0;
}

/* from the same start on they are looked up anew */
int good_shorter(struct mirror *mirror, struct hmm_range *range, unsigned long start, unsigned long end)
{
	int ret;

	range->start = start;
	range->end = min(start + PMD_SIZE, end);
again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	if (!mutex_trylock(&mirror->lock)) {
		range->end = start + PAGE_SIZE;
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

int good_each_asked(struct mirror *mirror, struct hmm_range *range, unsigned long start, unsigned long end)
{
	unsigned long next;

	for (; start < end; start = next) {
		next = min(start + PMD_SIZE, end);
again:
		range->start = start;
		range->end = next;
		range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
		if (hmm_range_fault(range))
			return -EBUSY;
		mutex_lock(&mirror->lock);
		if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
			mutex_unlock(&mirror->lock);
			goto again;
		}
		mirror_program(mirror, range);
		mutex_unlock(&mirror->lock);
	}
	return 0;
}
