/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * implied.c - is a condition that one path knows, and the other one implies, known behind the join
 * of the two?
 */
#include "era-d1/mmu_notifier.h"
#include "mm.h"
#include "rcupdate.h"

int anything(int n);

void good_implied(struct mm_struct *mm, pmd_t *pmd, unsigned long start, unsigned long end,
		  int mode, int n)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (mode)
		rcu_read_lock();
	anything(2);
	if (mode == 2)
		spin_lock(ptl);
	anything(n);
	if (mode)
		rcu_read_unlock();
	anything(n);
	if (mode == 2) {
		mmu_notifier_invalidate_range(mm, start, end);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_not_implied(struct mm_struct *mm, pmd_t *pmd, unsigned long start, unsigned long end,
		     int mode, int n)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (mode)
		rcu_read_lock();
	anything(2);
	if (mode == 2)
		spin_lock(ptl);
	anything(n);
	if (mode)
		rcu_read_unlock();
	anything(n);
	if (mode)
		mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked-after) */
	if (mode == 2)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
