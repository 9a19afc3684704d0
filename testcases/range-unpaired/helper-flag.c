/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-flag.c - does an argument that may be NULL, or a flag, decide whether
 * a helper ends the region?
 */
#include "era-d2/mmu_notifier.h"

static void end_if_given(struct mmu_notifier_range *range)
{
	if (range)
		mmu_notifier_invalidate_range_end(range);
}

static void end_if_last(struct mmu_notifier_range *range, bool last)
{
	if (!last)
		return;
	mmu_notifier_invalidate_range_end(range);
}

void good_null(struct mmu_notifier_range *range, pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	end_if_given(NULL);
	ptl = pmd_lock(range->mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	spin_unlock(ptl);
	end_if_given(range);
}

void bad_given(struct mmu_notifier_range *range, pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	end_if_given(range);
	ptl = pmd_lock(range->mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}

void good_not_last(struct mmu_notifier_range *range, pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	end_if_last(range, false);
	ptl = pmd_lock(range->mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	spin_unlock(ptl);
	end_if_last(range, true);
}

void bad_last(struct mmu_notifier_range *range, pmd_t *pmd)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(range);
	end_if_last(range, true);
	ptl = pmd_lock(range->mm, pmd);
	mmu_notifier_invalidate_range(range->mm, range->start, range->end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}
