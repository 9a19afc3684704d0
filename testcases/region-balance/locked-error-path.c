/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * locked-error-path.c - is an end missing where the error path
 * drops the locks in order but forgets the region?
 */
#include "era-d1/mmu_notifier.h"

int bad_only_unlocks(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		return -EAGAIN; /* warn(region-balance:open-at-return) */
	}
	pmdp_huge_get_and_clear(mm, start, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int good_unlocks_and_ends(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			  unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd)) {
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, start, end);
		return -EAGAIN;
	}
	pmdp_huge_get_and_clear(mm, start, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}
