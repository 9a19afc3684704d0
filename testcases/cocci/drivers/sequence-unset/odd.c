// SPDX-License-Identifier: GPL-2.0-only
/*
 * odd.c - is a lock left alone that a comment follows, a label precedes, or that depends on a configuration?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_comment_behind(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock); /* of the device's page table */
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_comment_behind_ops = {
	.invalidate = good_comment_behind,
};

static bool good_configuration(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
#ifndef CONFIG_MIRROR_LOCKLESS
	mutex_lock(&mirror->lock);
#endif
	device_unmap(mirror, range->start, range->end);
#ifndef CONFIG_MIRROR_LOCKLESS
	mutex_unlock(&mirror->lock);
#endif
	return true;
}

const struct mmu_interval_notifier_ops good_configuration_ops = {
	.invalidate = good_configuration,
};

static bool good_label(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
retry:
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	if (!device_is_idle(mirror))
		goto retry;
	return true;
}

const struct mmu_interval_notifier_ops good_label_ops = {
	.invalidate = good_label,
};

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }

static bool good_ops_of_a_macro(struct mmu_interval_notifier *mni,
				const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}
OPS(good_ops_of_a_macro);

static bool good_braces(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range)) {
		mutex_lock(&mirror->lock);
	} else if (!mutex_trylock(&mirror->lock)) {
		return false;
	}
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_braces_ops = {
	.invalidate = good_braces,
};

int mirror_fault(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}
