/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * notifier.c - the callback: it locks in another file.
 */
#include "ring.h"

static bool ring_invalidate(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct ring *ring = container_of(mni, struct ring, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	ring_lock(ring);
	mmu_interval_set_seq(mni, cur_seq);
	ring_unlock(ring);
	return true;
}

const struct mmu_interval_notifier_ops ring_ops = { .invalidate = ring_invalidate };
