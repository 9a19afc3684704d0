/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * interrupted.c - is a callback found that takes a wait which a signal ended for one that is over?
 */
#include "era-d2/mmu_notifier.h"
#include "mutex.h"
#include "sleep.h"

struct dma_fence;

long dma_fence_wait(struct dma_fence *fence, bool intr);
long dma_fence_wait_timeout(struct dma_fence *fence, bool intr, long timeout);
int wait_for_completion_interruptible(struct completion *x);
int wait_for_completion_killable(struct completion *x);

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct completion idle;
	struct dma_fence *fence;
	bool late;
};

static bool set_seq(struct mirror *mirror, const struct mmu_notifier_range *range,
		    unsigned long seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_not_looked_at(struct mmu_interval_notifier *mni,
		       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	dma_fence_wait(mirror->fence, true);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool bad_only_noted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (dma_fence_wait_timeout(mirror->fence, true, 100) <= 0)
		mirror->late = true;
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

static long wait_idle(struct mirror *mirror)
{
	return wait_for_completion_interruptible(&mirror->idle);
}

bool bad_in_helper(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	mirror->late = wait_idle(mirror) < 0;
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of((struct mmu_interval_notifier *)mn, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return -11;
	wait_for_completion_interruptible(&mirror->idle);
	return 0; /* warn(callback-incomplete:wait-interrupted) */
}

const struct mmu_notifier_ops mirror_ops = { .invalidate_range_start = bad_start };

/* the mm of a process that was killed is the one that goes away */
bool bad_killed(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	wait_for_completion_killable(&mirror->idle);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool good_waits_once_more(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (wait_for_completion_killable(&mirror->idle) < 0)
		wait_for_completion(&mirror->idle);
	return true;
}

bool good_not_interruptible(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	dma_fence_wait(mirror->fence, false);
	wait_for_completion(&mirror->idle);
	return true;
}

bool good_waits_again(struct mmu_interval_notifier *mni,
		      const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (dma_fence_wait(mirror->fence, true))
		dma_fence_wait(mirror->fence, false);
	return true;
}

bool good_until_done(struct mmu_interval_notifier *mni,
		     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	while (wait_for_completion_interruptible(&mirror->idle))
		mirror->late = true;
	return true;
}

/* no pages are given away where it returns */
void good_ioctl(struct mirror *mirror)
{
	wait_for_completion_interruptible(&mirror->idle);
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_not_looked_at);
OPS(bad_only_noted);
OPS(bad_in_helper);
OPS(bad_killed);
OPS(good_waits_once_more);
OPS(good_not_interruptible);
OPS(good_waits_again);
OPS(good_until_done);

#define ERESTARTSYS	512

bool good_again_where_interrupted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
				  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	int ret;

	if (!set_seq(mirror, range, cur_seq))
		return false;
	do {
		ret = wait_for_completion_interruptible(&mirror->idle);
	} while (ret == -ERESTARTSYS);
	return true;
}

bool good_then_not_interrupted(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!set_seq(mirror, range, cur_seq))
		return false;
	if (dma_fence_wait(mirror->fence, true) == -ERESTARTSYS)
		dma_fence_wait(mirror->fence, false);
	return true;
}

bool bad_other_error(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		     unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	int ret;

	if (!set_seq(mirror, range, cur_seq))
		return false;
	do {
		ret = wait_for_completion_interruptible(&mirror->idle);
	} while (ret == -EAGAIN);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

const struct mmu_interval_notifier_ops again_ops[] = {
	{ .invalidate = good_again_where_interrupted },
	{ .invalidate = good_then_not_interrupted },
	{ .invalidate = bad_other_error },
};

/* GCC makes one of what both returns do at the end of the guard's scope */
bool bad_under_guard(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		     unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (mirror->late)
		return true;
	dma_fence_wait(mirror->fence, true);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool bad_only_return_under_guard(struct mmu_interval_notifier *mni,
				 const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	wait_for_completion_interruptible(&mirror->idle);
	return true; /* warn(callback-incomplete:wait-interrupted) */
}

bool good_under_guard(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (mirror->late)
		return true;
	dma_fence_wait(mirror->fence, false);
	return true;
}

const struct mmu_interval_notifier_ops guard_ops[] = {
	{ .invalidate = bad_under_guard },
	{ .invalidate = bad_only_return_under_guard },
	{ .invalidate = good_under_guard },
};
