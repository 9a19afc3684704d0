/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * second.c - .. and a table of functions each file's own that has the same name?
 */
#define STARTED_WITH struct mmu_notifier_range *range, spinlock_t *lock
#define STARTED_BY spin_lock(lock); mmu_notifier_invalidate_range_start(range); spin_unlock(lock)
#define ENDED_WITH struct mmu_notifier_range *range, spinlock_t *lock
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

static int much(int n)
{
	if (n & 1)
		n -= 3;
	if (n & 2)
		n -= 4;
	if (n & 4)
		n -= 5;
	if (n & 8)
		n -= 6;
	if (n & 16)
		n -= 7;
	if (n & 32)
		n -= 8;
	if (n & 64)
		n -= 9;
	if (n & 128)
		n -= 10;
	if (n & 256)
		n -= 11;
	if (n & 512)
		n -= 12;
	return n;
}

/* what it calls does nothing, and is no function of another file */
static int much_more(int n)
{
	if (n & 1)
		n -= 3;
	if (n & 2)
		n -= 4;
	if (n & 4)
		n -= 5;
	if (n & 8)
		n -= 6;
	if (n & 16)
		n -= 7;
	if (n & 32)
		n -= 8;
	if (n & 64)
		n -= 9;
	if (n & 128)
		n -= 10;
	if (n & 256)
		n -= 11;
	if (n & 512)
		n -= 12;
	return much(n) + much(n + 1);
}

int long_wait(int n)
{
	if (n & 1)
		n -= 3;
	if (n & 2)
		n -= 4;
	if (n & 4)
		n -= 5;
	if (n & 8)
		n -= 6;
	if (n & 16)
		n -= 7;
	if (n & 32)
		n -= 8;
	if (n & 64)
		n -= 9;
	if (n & 128)
		n -= 10;
	if (n & 256)
		n -= 11;
	if (n & 512)
		n -= 12;
	if (much_more(n))
		synchronize_rcu();
	return n;
}

void good_second_macro(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	ended(range, lock);
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
