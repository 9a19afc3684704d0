/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is one branch that drops the lock enough, in
 * either order of the branches?
 */
#include "era-d1/mmu_notifier.h"

void bad_then_way_1(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, bool shared)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (shared)
		spin_unlock(ptl);
	else
		flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	if (!shared)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_else_way_2(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end, bool shared)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (!shared)
		flush_tlb_range(NULL, start, end);
	else
		spin_unlock(ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	if (!shared)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_both_hold_way_1(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			  unsigned long end, bool shared)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (shared)
		ptl = pmd_lock(mm, pmd);
	else
		spin_lock(ptl = pte_lockptr(mm, pmd));
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_both_hold_way_2(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			  unsigned long end, bool shared)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!shared)
		spin_lock(ptl = pte_lockptr(mm, pmd));
	else
		ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_each_branch_notifies(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			       unsigned long end, bool shared)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = pmd_lock(mm, pmd);
	if (shared) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	} else {
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}
