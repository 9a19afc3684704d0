/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - are the parts of a reader found in the helpers that do them?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"

static int look_up(struct mirror *mirror, struct hmm_range *range)
{
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	return hmm_range_fault(range);
}

static bool is_stale(struct mirror *mirror, struct hmm_range *range)
{
	return mmu_interval_read_retry(&mirror->mni, range->notifier_seq);
}

int good_helpers(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	ret = look_up(mirror, range);
	if (ret)
		return ret;
	down_read(&mirror->sem);
	if (is_stale(mirror, range)) {
		up_read(&mirror->sem);
		goto again;
	}
	mirror_program(mirror, range);
	up_read(&mirror->sem);
	return 0;
}

static int bad_look_up(struct mirror *mirror, struct hmm_range *range)
{
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	return hmm_range_fault(range); /* warn(retry-missing:retry-missing) */
}

int its_caller(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

	ret = bad_look_up(mirror, range);
	if (ret)
		return ret;
	down_read(&mirror->sem);
	mirror_program(mirror, range);
	up_read(&mirror->sem);
	return 0;
}
