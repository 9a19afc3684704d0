/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * era-6.6.c - does the rule hold after invalidate_range() was removed?
 */
#include "era-e/mmu_notifier.h"

bool good_tested(struct mmu_notifier_range *range)
{
	if (mmu_notifier_invalidate_range_start_nonblock(range))
		return false;
	mmu_notifier_invalidate_range_end(range);
	return true;
}

bool bad_ended_anyway(struct mmu_notifier_range *range)
{
	bool ok = true;

	if (mmu_notifier_invalidate_range_start_nonblock(range))
		ok = false;
	mmu_notifier_invalidate_range_end(range); /* warn(start-ignored:failed-ended) */
	return ok;
}

void bad_ignored(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start_nonblock(range); /* warn(start-ignored:result-ignored) */
	mmu_notifier_invalidate_range_end(range);
}
