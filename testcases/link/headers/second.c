/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * second.c - .. and a table of functions each file's own that has the same name?
 */
#define STARTED_WITH struct mmu_notifier_range *range, spinlock_t *lock
#define STARTED_BY spin_lock(lock); mmu_notifier_invalidate_range_start(range); spin_unlock(lock)
#include "steps.h"

static struct mutex list_lock;

static void step(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	spin_unlock(lock);
}

void bad_second(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	in_steps(range, lock);
}

void good_second(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	unlock_and_start(range, lock);
	mmu_notifier_invalidate_range_end(range);
}

/* two mistakes in one place */
void bad_twice(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	down_read(&mm->mmap_lock);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */ /* warn(range-unpaired:unpaired) */
	up_read(&mm->mmap_lock);
}

static int begin(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	mutex_lock(&list_lock); /* warn(callback-nonblock:callback-unchecked) */
	mutex_unlock(&list_lock);
	return 0;
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range_start = begin,
};

void register_second(struct mmu_notifier *mn, struct mm_struct *mm)
{
	mn->ops = &ops;
	mmu_notifier_register(mn, mm);
}
