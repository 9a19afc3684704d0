/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * range-blockable.c - is a callback found that sleeps without checking its range?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	struct completion idle;
	bool busy;
};

int mirror_unmap(struct mirror *mirror, unsigned long start);

int bad_never_asks(struct mmu_notifier *mn,
		   const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-nonblock): which did not check whether blocking is allowed */
	mirror_unmap(mirror, range->start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_tries(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	mirror_unmap(mirror, range->start);
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_asks_once(struct mmu_notifier *mn,
		   const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	bool may_wait = mmu_notifier_range_blockable(range);

	if (!may_wait && mirror->busy)
		return -EAGAIN;
	if (may_wait)
		wait_for_completion(&mirror->idle);
	return 0;
}

int bad_asks_too_late(struct mmu_notifier *mn,
		      const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	wait_for_completion(&mirror->idle); /* warn(callback-nonblock): which did not check whether blocking is allowed */
	if (!mmu_notifier_range_blockable(range) && mirror->busy)
		return -EAGAIN;
	return 0;
}

static int mirror_wait(struct mirror *mirror, const struct mmu_notifier_range *range)
{
	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	wait_for_completion(&mirror->idle);
	return 0;
}

int good_helper_asks(struct mmu_notifier *mn,
		     const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	return mirror_wait(mirror, range);
}

struct unmap {
	unsigned long start;
	unsigned long end;
	bool may_block;
};

static void unmap_range(struct mirror *mirror, const struct unmap *unmap)
{
	unsigned long address;

	for (address = unmap->start; address < unmap->end; address += PAGE_SIZE) {
		mirror_unmap(mirror, address);
		if (unmap->may_block)
			cond_resched();
	}
}

int good_passed_on(struct mmu_notifier *mn,
		   const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	const struct unmap unmap = {
		.start = range->start,
		.end = range->end,
		.may_block = mmu_notifier_range_blockable(range),
	};

	unmap_range(mirror, &unmap);
	return 0;
}

static void unmap_range_resched(struct mirror *mirror, const struct unmap *unmap)
{
	unsigned long address;

	for (address = unmap->start; address < unmap->end; address += PAGE_SIZE) {
		mirror_unmap(mirror, address);
		if (unmap->may_block)
			cond_resched(); /* warn(callback-nonblock:callback-unchecked) */
	}
}

int bad_passed_on(struct mmu_notifier *mn,
		  const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	const struct unmap unmap = {
		.start = range->start,
		.end = range->end,
		.may_block = true,
	};

	unmap_range_resched(mirror, &unmap);
	return 0;
}

void bad_end_waits(struct mmu_notifier *mn,
		   const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	wait_for_completion(&mirror->idle); /* warn(callback-nonblock): in callback 'invalidate_range_end' */
}

void good_end_asks(struct mmu_notifier *mn,
		   const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mmu_notifier_range_blockable(range))
		wait_for_completion(&mirror->idle);
}

const struct mmu_notifier_ops ops_bad_never_asks = {
	.invalidate_range_start = bad_never_asks,
};

const struct mmu_notifier_ops ops_good_tries = {
	.invalidate_range_start = good_tries,
};

const struct mmu_notifier_ops ops_good_asks_once = {
	.invalidate_range_start = good_asks_once,
};

const struct mmu_notifier_ops ops_bad_asks_too_late = {
	.invalidate_range_start = bad_asks_too_late,
};

const struct mmu_notifier_ops ops_good_helper_asks = {
	.invalidate_range_start = good_helper_asks,
};

const struct mmu_notifier_ops ops_good_passed_on = {
	.invalidate_range_start = good_passed_on,
};

const struct mmu_notifier_ops ops_bad_passed_on = {
	.invalidate_range_start = bad_passed_on,
};

const struct mmu_notifier_ops ops_bad_end_waits = {
	.invalidate_range_end = bad_end_waits,
};

const struct mmu_notifier_ops ops_good_end_asks = {
	.invalidate_range_end = good_end_asks,
};
