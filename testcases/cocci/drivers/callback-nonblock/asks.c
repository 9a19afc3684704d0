// SPDX-License-Identifier: GPL-2.0-only
/*
 * asks.c - is a callback left alone that asks, or hands its range on to who may?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_asks(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_asks_ops = {
	.invalidate = good_asks,
};

static bool good_asks_later(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	bool blockable = mmu_notifier_range_blockable(range);

	if (!blockable && device_is_idle(mirror))
		return true;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_asks_later_ops = {
	.invalidate = good_asks_later,
};

static bool good_flags(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!(range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_flags_ops = {
	.invalidate = good_flags,
};

bool mirror_may_not(const struct mmu_notifier_range *range);

static bool good_hands_on(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mirror_may_not(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_hands_on_ops = {
	.invalidate = good_hands_on,
};

