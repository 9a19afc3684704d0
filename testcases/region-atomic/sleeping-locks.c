/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sleeping-locks.c - is a region under a mutex or an rw semaphore correct?
 */
#include "era-d2/mmu_notifier.h"

void good_mutex(struct mmu_notifier_range *range, struct mutex *lock)
{
	mutex_lock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	mutex_unlock(lock);
}

void good_mmap_sem(struct mmu_notifier_range *range, struct mm_struct *mm)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	up_read(&mm->mmap_sem);
}

void bad_spinlock_in_mutex(struct mmu_notifier_range *range, struct mutex *lock,
			   struct mm_struct *mm)
{
	mutex_lock(lock);
	spin_lock(&mm->page_table_lock);
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(&mm->page_table_lock);
	mmu_notifier_invalidate_range_end(range);
	mutex_unlock(lock);
}
