/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-takes.c - is a lock seen that a called function takes, one and two
 * levels down, handed back as its result or through a pointer?
 */
#include "era-d1/mmu_notifier.h"

static spinlock_t *lock_entry(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	return ptl;
}

static void lock_outer(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp)
{
	*ptlp = lock_entry(mm, pmd);
}

static void find_only(struct mm_struct *mm, pmd_t *pmd, spinlock_t **ptlp)
{
	*ptlp = pte_lockptr(mm, pmd);
}

void good_one_level(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		    unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	ptl = lock_entry(mm, pmd);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_two_levels(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		     unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	lock_outer(mm, pmd, &ptl);
	mmu_notifier_invalidate_range(mm, start, end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_helper_only_finds(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			   unsigned long end)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, start, end);
	find_only(mm, pmd, &ptl);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	spin_lock(ptl);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
