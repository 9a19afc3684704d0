/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch.c - is one case of a switch that drops the lock told from the others?
 */
#include "era-d1/mmu_notifier.h"

enum kind { KIND_PTE, KIND_PMD, KIND_NONE };

void bad_case_drops(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, enum kind kind)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	switch (kind) {
	case KIND_PTE:
		flush_tlb_range(NULL, start, end);
		break;
	case KIND_PMD:
		spin_unlock(ptl);
		break;
	default:
		break;
	}
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	if (kind != KIND_PMD)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_every_case_holds(struct mm_struct *mm, pmd_t *pmd, struct hstate *h,
			   unsigned long start, unsigned long end, enum kind kind)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (kind) {
	case KIND_PTE:
		ptl = pte_lockptr(mm, pmd);
		spin_lock(ptl);
		break;
	case KIND_PMD:
		ptl = pmd_lock(mm, pmd);
		break;
	default:
		ptl = huge_pte_lock(h, mm, (pte_t *)pmd);
		break;
	}
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_case_returns(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end, enum kind kind)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	switch (kind) {
	case KIND_NONE:
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, start, end);
		return;
	default:
		break;
	}
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
