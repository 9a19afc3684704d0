/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * goto-out.c - does a label know which of its jumps still hold the lock?
 */
#include "era-d1/mmu_notifier.h"

void bad_label_after_unlock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			    unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (!pmd_none(*pmd))
		goto notify;
	spin_unlock(ptl);
	goto out;
notify:
	pmdp_huge_get_and_clear(mm, start, pmd);
	spin_unlock(ptl);
out:
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_label_before_unlock(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			      unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (pmd_none(*pmd))
		goto unlock;
	pmdp_huge_get_and_clear(mm, start, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
unlock:
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
