/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * blockable-argument.c - is a start of 4.19 found that sleeps without checking its argument?
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

int bad_never_asks(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-nonblock): 'mutex_lock()' may sleep in callback 'invalidate_range_start', which did not check whether blocking is allowed */
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_asks_first(struct mmu_notifier *mn, struct mm_struct *mm,
		    unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable)
		return -EAGAIN;
	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_asks_the_wrong_way(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end,
			   bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		return 0;
	mutex_lock(&mirror->lock); /* warn(callback-nonblock): 'mutex_lock()' may sleep in callback 'invalidate_range_start', where blocking is not allowed */
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_tries(struct mmu_notifier *mn, struct mm_struct *mm,
	       unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int bad_waits_after_trying(struct mmu_notifier *mn, struct mm_struct *mm,
			   unsigned long start, unsigned long end,
			   bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	wait_for_completion(&mirror->idle); /* warn(callback-nonblock:callback-not-allowed) */
	mutex_unlock(&mirror->lock);
	return 0;
}

static int mirror_lock(struct mirror *mirror, bool may_wait)
{
	if (may_wait)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	return 0;
}

int good_helper_is_told(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mirror_lock(mirror, blockable))
		return -EAGAIN;
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
	return 0;
}

static int mirror_lock_always(struct mirror *mirror, bool may_wait)
{
	if (may_wait)
		mutex_lock(&mirror->lock); /* warn(callback-nonblock): did not check */
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	return 0;
}

int bad_helper_is_told_something_else(struct mmu_notifier *mn,
				      struct mm_struct *mm,
				      unsigned long start, unsigned long end,
				      bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mirror_lock_always(mirror, !mirror->busy))
		return blockable ? 0 : -EAGAIN;
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_does_not_sleep(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	return mirror_unmap(mirror, start);
}

const struct mmu_notifier_ops ops_bad_never_asks = {
	.invalidate_range_start = bad_never_asks,
};

const struct mmu_notifier_ops ops_good_asks_first = {
	.invalidate_range_start = good_asks_first,
};

const struct mmu_notifier_ops ops_bad_asks_the_wrong_way = {
	.invalidate_range_start = bad_asks_the_wrong_way,
};

const struct mmu_notifier_ops ops_good_tries = {
	.invalidate_range_start = good_tries,
};

const struct mmu_notifier_ops ops_bad_waits_after_trying = {
	.invalidate_range_start = bad_waits_after_trying,
};

const struct mmu_notifier_ops ops_good_helper_is_told = {
	.invalidate_range_start = good_helper_is_told,
};

const struct mmu_notifier_ops ops_bad_helper_is_told_something_else = {
	.invalidate_range_start = bad_helper_is_told_something_else,
};

const struct mmu_notifier_ops ops_good_does_not_sleep = {
	.invalidate_range_start = good_does_not_sleep,
};
