/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * interval-6.6.c - does an interval notifier check before it sleeps, and fail only if it may not?
 */
#include "era-e/mmu_notifier.h"
#include "mutex.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	spinlock_t update;
	struct rw_semaphore sem;
	struct completion idle;
	bool busy;
};

int mirror_unmap(struct mirror *mirror, unsigned long start);

/* what each of them does last */
static void mirror_invalidated(struct mirror *mirror, unsigned long cur_seq)
{
	spin_lock(&mirror->update);
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	spin_unlock(&mirror->update);
}

bool bad_never_asks(struct mmu_interval_notifier *mni,
		    const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock); /* warn(callback-nonblock): 'mutex_lock()' may sleep in callback 'invalidate', which did not check whether blocking is allowed */
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool good_asks(struct mmu_interval_notifier *mni,
	       const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool good_tries(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_only_some_events(struct mmu_interval_notifier *mni,
			  const struct mmu_notifier_range *range,
			  unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->event == MMU_NOTIFY_UNMAP)
		wait_for_completion(&mirror->idle); /* warn(callback-nonblock): which did not check whether blocking is allowed */
	mirror_invalidated(mirror, cur_seq);
	return true;
}

bool bad_false_though_blockable(struct mmu_interval_notifier *mni,
				const struct mmu_notifier_range *range,
				unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range) && mirror->busy)
		return false; /* warn(callback-nonblock): callback 'invalidate' fails although blocking is allowed */
	mirror_invalidated(mirror, cur_seq);
	return true;
}

bool good_true_though_blockable(struct mmu_interval_notifier *mni,
				const struct mmu_notifier_range *range,
				unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror_invalidated(mirror, cur_seq);
	if (mmu_notifier_range_blockable(range) && mirror->busy)
		return true;
	mirror->busy = true;
	return true;
}

bool bad_false_with_lock(struct mmu_interval_notifier *mni,
			 const struct mmu_notifier_range *range,
			 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror_invalidated(mirror, cur_seq);
	if (!mutex_trylock(&mirror->lock))
		return mmu_notifier_range_blockable(range) ? true : false;
	if (!mmu_notifier_range_blockable(range))
		return false; /* warn(callback-nonblock): 'mirror->lock' is still held */
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_false_under_guard(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range,
			   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	if (mirror->busy)
		return false; /* warn(callback-nonblock): callback 'invalidate' fails although blocking is allowed */
	mmu_interval_set_seq(mni, cur_seq);
	return true;
}

bool good_true_under_guard(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range,
			   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (mirror->busy)
		return true;
	mirror->busy = true;
	return true;
}

bool good_does_not_sleep(struct mmu_interval_notifier *mni,
			 const struct mmu_notifier_range *range,
			 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror_unmap(mirror, range->start);
	mirror_invalidated(mirror, cur_seq);
	return true;
}

const struct mmu_interval_notifier_ops ops_bad_never_asks = {
	.invalidate = bad_never_asks,
};

const struct mmu_interval_notifier_ops ops_good_asks = {
	.invalidate = good_asks,
};

const struct mmu_interval_notifier_ops ops_good_tries = {
	.invalidate = good_tries,
};

const struct mmu_interval_notifier_ops ops_bad_only_some_events = {
	.invalidate = bad_only_some_events,
};

const struct mmu_interval_notifier_ops ops_bad_false_though_blockable = {
	.invalidate = bad_false_though_blockable,
};

const struct mmu_interval_notifier_ops ops_good_true_though_blockable = {
	.invalidate = good_true_though_blockable,
};

const struct mmu_interval_notifier_ops ops_bad_false_with_lock = {
	.invalidate = bad_false_with_lock,
};

const struct mmu_interval_notifier_ops ops_bad_false_under_guard = {
	.invalidate = bad_false_under_guard,
};

const struct mmu_interval_notifier_ops ops_good_true_under_guard = {
	.invalidate = good_true_under_guard,
};

const struct mmu_interval_notifier_ops ops_good_does_not_sleep = {
	.invalidate = good_does_not_sleep,
};
