/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * relock.c - is a pair fine between the unlock and the lock of a lock that the
 * caller holds?
 */
#include "era-d2/mmu_notifier.h"

void good_unlocked_pair(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	spin_unlock(vmf->ptl);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(vmf->ptl);
}

void bad_locked_too_early(struct vm_fault *vmf, struct mmu_notifier_range *range)
{
	spin_unlock(vmf->ptl);
	mmu_notifier_invalidate_range_start(range);
	spin_lock(vmf->ptl);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock) */
}

void good_parameter(spinlock_t *ptl, struct mmu_notifier_range *range)
{
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(range);
	spin_lock(ptl);
	flush_tlb_range(NULL, range->start, range->end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(ptl);
}

void good_through_pointer(spinlock_t **ptlp, struct mmu_notifier_range *range)
{
	spin_unlock(*ptlp);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(*ptlp);
}

void bad_through_pointer(spinlock_t **ptlp, struct mmu_notifier_range *range)
{
	spinlock_t *ptl = *ptlp;

	spin_unlock(ptl);
	spin_lock(*ptlp);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(range);
	spin_lock(ptl);
}

/* the lock is found again by what it was found by before */
void good_found_again(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, range->start, pmd);
	spin_unlock(pmd_lockptr(mm, pmd));
	mmu_notifier_invalidate_range_end(range);
}
