/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock-kept.c - is a lock that only the end would drop found where the start fails?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	struct completion idle;
	bool busy;
};

int mirror_unmap(struct mirror *mirror, unsigned long start);

int bad_keeps_semaphore(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem))
		return -EAGAIN;
	if (!blockable && mirror->busy)
		return -EAGAIN; /* warn(callback-nonblock): 'mirror->sem' is still held where callback 'invalidate_range_start' fails */
	return 0;
}

int good_keeps_for_end(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem))
		return -EAGAIN;
	if (!blockable && mirror->busy) {
		up_read(&mirror->sem);
		return -EAGAIN;
	}
	return 0;
}

int good_trylock_failed(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	return 0;
}

int bad_trylock_got_it(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	if (mirror->busy)
		return -EAGAIN; /* warn(callback-nonblock): 'mirror->lock' is still held */
	return 0;
}

static void mirror_drop(struct mirror *mirror)
{
	up_read(&mirror->sem);
}

int good_drops_in_helper(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long start, unsigned long end,
			 bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem))
		return -EAGAIN;
	if (!blockable && mirror->busy) {
		mirror_drop(mirror);
		return -EAGAIN;
	}
	return 0;
}

static bool mirror_take(struct mirror *mirror)
{
	return down_read_trylock(&mirror->sem);
}

int bad_taken_in_helper(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable && !mirror_take(mirror))
		return -EAGAIN;
	if (!blockable && mirror->busy)
		return -EAGAIN; /* warn(callback-nonblock): is still held */
	return 0;
}

int bad_keeps_one_of_two(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long start, unsigned long end,
			 bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	if (blockable)
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem))
		return -EAGAIN; /* warn(callback-nonblock): 'mirror->lock' is still held */
	return 0;
}

int good_keeps_none_of_two(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end,
			   bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	if (blockable)
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem)) {
		mutex_unlock(&mirror->lock);
		return -EAGAIN;
	}
	return 0;
}

const struct mmu_notifier_ops ops_bad_keeps_semaphore = {
	.invalidate_range_start = bad_keeps_semaphore,
};

const struct mmu_notifier_ops ops_good_keeps_for_end = {
	.invalidate_range_start = good_keeps_for_end,
};

const struct mmu_notifier_ops ops_good_trylock_failed = {
	.invalidate_range_start = good_trylock_failed,
};

const struct mmu_notifier_ops ops_bad_trylock_got_it = {
	.invalidate_range_start = bad_trylock_got_it,
};

const struct mmu_notifier_ops ops_good_drops_in_helper = {
	.invalidate_range_start = good_drops_in_helper,
};

const struct mmu_notifier_ops ops_bad_taken_in_helper = {
	.invalidate_range_start = bad_taken_in_helper,
};

const struct mmu_notifier_ops ops_bad_keeps_one_of_two = {
	.invalidate_range_start = bad_keeps_one_of_two,
};

const struct mmu_notifier_ops ops_good_keeps_none_of_two = {
	.invalidate_range_start = good_keeps_none_of_two,
};
