/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.c - is a lock that a helper takes held there, whether or not a callback comes to that helper?
 */
#include "era-e/mmu_notifier.h"
#include "reader.h"
#include "locks.h"

static bool good_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			    unsigned long seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mirror_lock_all(mirror);
	mmu_interval_set_seq(mni, seq);
	mirror_unlock_all(mirror);
	return true;
}

const struct mmu_interval_notifier_ops mirror_ops = {
	.invalidate = good_invalidate,
};
