/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ops.c - is a mutex that a callback takes in another file seen?
 */
#include "era-d2/mmu_notifier.h"
#include "mirror.h"

static int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_stop(mirror); /* warn(callback-nonblock:callback-unchecked)[link] */
	return 0;
}

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	mirror_stop(mirror);
	return 0;
}

static int good_spins(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mirror_mark(mirror);
	return 0;
}

const struct mmu_notifier_ops mirror_ops = {
	.invalidate_range_start = bad_start,
};

const struct mmu_notifier_ops mirror_ops_that_ask = {
	.invalidate_range_start = good_start,
};

const struct mmu_notifier_ops mirror_ops_that_spin = {
	.invalidate_range_start = good_spins,
};
