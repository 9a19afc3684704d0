/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock-if-given.c - does 'if (l) spin_lock(l)' tell the path with the lock from
 * the path without?
 */
#include "era-d1/mmu_notifier.h"

static spinlock_t *lock_of(struct mm_struct *mm, pmd_t *pmd, bool huge)
{
	return huge ? pmd_lockptr(mm, pmd) : NULL;
}

void good_notify_if_locked(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
			   unsigned long end, bool huge)
{
	spinlock_t *l = lock_of(mm, pmd, huge);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (l)
		spin_lock(l);
	if (l)
		mmu_notifier_invalidate_range(mm, start, end);
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_notify_always(struct mm_struct *mm, pmd_t *pmd, unsigned long start,
		       unsigned long end, bool huge)
{
	spinlock_t *l = lock_of(mm, pmd, huge);

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (l)
		spin_lock(l);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	if (l)
		spin_unlock(l);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
