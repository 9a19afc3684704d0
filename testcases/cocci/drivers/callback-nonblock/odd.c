// SPDX-License-Identifier: GPL-2.0-only
/*
 * odd.c - is a lock left alone that a comment follows, or that depends on a configuration, and a callback that is called?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_comment_behind(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock); /* of the device's page table */
	mmu_interval_set_seq(mni, cur_seq);
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

#ifndef CONFIG_MIRROR_LOCKLESS
	mutex_lock(&mirror->lock);
#endif
	mmu_interval_set_seq(mni, cur_seq);
#ifndef CONFIG_MIRROR_LOCKLESS
	mutex_unlock(&mirror->lock);
#endif
	return true;
}

const struct mmu_interval_notifier_ops good_configuration_ops = {
	.invalidate = good_configuration,
};

static bool good_called(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_called_ops = {
	.invalidate = good_called,
};

void mirror_drop(struct mirror *mirror, struct mmu_notifier_range *range)
{
	good_called(&mirror->mni, range, 1);
}
