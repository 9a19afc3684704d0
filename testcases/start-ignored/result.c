/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * result.c - is the result of a start that can fail checked?
 */
#include "era-d2/mmu_notifier.h"

bool good_tested(struct mmu_notifier_range *range)
{
	if (mmu_notifier_invalidate_range_start_nonblock(range))
		return false;
	mmu_notifier_invalidate_range_end(range);
	return true;
}

void bad_not_asked_for(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start_nonblock(range); /* warn(start-ignored): the result of 'mmu_notifier_invalidate_range_start_nonblock()' is not checked */
	mmu_notifier_invalidate_range_end(range);
}

void bad_cast_away(struct mmu_notifier_range *range)
{
	(void)mmu_notifier_invalidate_range_start_nonblock(range); /* warn(start-ignored:result-ignored) */
	mmu_notifier_invalidate_range_end(range);
}

bool bad_kept_and_never_tested(struct mmu_notifier_range *range)
{
	int err = mmu_notifier_invalidate_range_start_nonblock(range);

	mmu_notifier_invalidate_range_end(range); /* warn(start-ignored): region 'range' is ended although 'mmu_notifier_invalidate_range_start_nonblock()' failed */
	return !err;
}

/* one that may sleep cannot fail */
void good_blocking(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

int good_handed_on(struct mmu_notifier_range *range)
{
	return mmu_notifier_invalidate_range_start_nonblock(range);
}

/* where it did not fail the region is open, and that is another mistake */
int bad_open_too(struct mmu_notifier_range *range, bool again)
{
	mmu_notifier_invalidate_range_start_nonblock(range); /* warn(start-ignored:result-ignored) */
	if (again)
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(range);
	return 0;
}
