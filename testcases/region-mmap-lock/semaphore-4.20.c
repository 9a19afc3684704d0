/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * semaphore-4.20.c - is the mmap lock found where it is a semaphore with no function of its own,
 * and a region no structure?
 */
#include "era-d1/mmu_notifier.h"
#include "sched.h"

unsigned long next_start(struct mm_struct *mm);
void zap(struct mm_struct *mm, unsigned long start, unsigned long end);

void bad_dropped(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, start, end);
	zap(mm, start, end);
	up_read(&mm->mmap_sem); /* warn(region-mmap-lock:mmap-lock-dropped) */
	mmu_notifier_invalidate_range_end(mm, start, end);
}

/* each round ends the region of the one before, when it has the bounds of its own */
void bad_dropped_in_loop(struct mm_struct *mm, int n)
{
	unsigned long start = next_start(mm), next;

	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, start, start + PAGE_SIZE);
	while (n--) {
		next = next_start(mm);
		mmu_notifier_invalidate_range_end(mm, start, start + PAGE_SIZE);
		start = next;
		mmu_notifier_invalidate_range_start(mm, start, start + PAGE_SIZE);
		up_read(&mm->mmap_sem); /* warn(region-mmap-lock:mmap-lock-dropped) */
		down_read(&mm->mmap_sem);
	}
	mmu_notifier_invalidate_range_end(mm, start, start + PAGE_SIZE);
	up_read(&mm->mmap_sem);
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
