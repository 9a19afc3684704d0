/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * answers.c - is the answer to whether blocking is allowed known, where it is one of two conditions, or a number?
 *
 * GCC makes one number of "x && y", where both are variables.
 */
#include "era-e/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
};

static int good_fails(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	bool may = mmu_notifier_range_blockable(range), got = mutex_trylock(&mirror->lock);

	if (!got && !may)
		return -EAGAIN;
	if (!got)
		mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	return 0;
}

static int good_waits(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	bool may = mmu_notifier_range_blockable(range), got = mutex_trylock(&mirror->lock);

	if (!got && may) {
		mutex_lock(&mirror->lock);
		got = true;
	}
	if (!got)
		return -EAGAIN;
	mutex_unlock(&mirror->lock);
	return 0;
}

static int good_above(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	int may = mmu_notifier_range_blockable(range);

	if (may > 0)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	mutex_unlock(&mirror->lock);
	return 0;
}

static __attribute__((noinline)) int take(struct mirror *mirror, unsigned int mode)
{
	if (mode & 1)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	mutex_unlock(&mirror->lock);
	return 0;
}

static int good_mode(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	return take(container_of(mn, struct mirror, mn), mmu_notifier_range_blockable(range) ? 1 : 0);
}

static int bad_either(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	bool may = mmu_notifier_range_blockable(range), got = mutex_trylock(&mirror->lock);

	if (got || may) {
		if (!got)
			mutex_lock(&mirror->lock);
		mutex_unlock(&mirror->lock);
		return 0;
	}
	mutex_lock(&mirror->lock); /* warn(callback-nonblock:callback-not-allowed) */
	mutex_unlock(&mirror->lock);
	return 0;
}

const struct mmu_notifier_ops ops_fails = { .invalidate_range_start = good_fails };
const struct mmu_notifier_ops ops_waits = { .invalidate_range_start = good_waits };
const struct mmu_notifier_ops ops_above = { .invalidate_range_start = good_above };
const struct mmu_notifier_ops ops_mode = { .invalidate_range_start = good_mode };
const struct mmu_notifier_ops ops_either = { .invalidate_range_start = bad_either };
