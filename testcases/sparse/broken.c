/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * broken.c - are the functions that sparse can read still checked where it cannot read others?
 */
#include "era-d1/mmu_notifier.h"

void bad_before(struct mm_struct *mm, spinlock_t *lock)
{
	spin_lock(lock);
	mmu_notifier_invalidate_range_start(mm, 0, 1); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(mm, 0, 1);
	spin_unlock(lock);
}

int syntax_error(struct mm_struct *mm)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	return mm +;
}

void unknown_member(struct mm_struct *mm)
{
	mmu_notifier_invalidate_range_start(mm, mm->no_such_member, 1);
}

void bad_after(struct mm_struct *mm, int error)
{
	mmu_notifier_invalidate_range_start(mm, 0, 1);
	if (error)
		return; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, 0, 1);
}
