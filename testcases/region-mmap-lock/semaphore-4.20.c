/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * semaphore-4.20.c - is the mmap lock found where it is a semaphore with no function of its own,
 * and a region no structure?
 */
#include "era-d1/mmu_notifier.h"
#include "sched.h"

void zap(struct mm_struct *mm, unsigned long start, unsigned long end);

void bad_dropped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, start, end);
	zap(mm, start, end);
	up_read(&mm->mmap_sem); /* warn(region-mmap-lock:mmap-lock-dropped) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_dropped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, start, end);
	zap(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
	up_read(&mm->mmap_sem);
}

void bad_taken(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	down_write(&mm->mmap_sem); /* warn(region-mmap-lock:mmap-lock-taken) */
	zap(mm, start, end);
	up_write(&mm->mmap_sem);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
