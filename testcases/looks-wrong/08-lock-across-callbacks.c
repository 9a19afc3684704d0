/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 08-lock-across-callbacks.c - may a start callback take a lock that the end callback
 * drops, and drop it at once only where it returns an error?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct rw_semaphore sem;
	spinlock_t lock;
	bool busy;
	struct mmu_notifier_range range;
};

int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mmu_notifier_range_blockable(range))
		down_read(&mirror->sem);
	else if (!down_read_trylock(&mirror->sem))
		return -EAGAIN;
	if (mirror->busy && !mmu_notifier_range_blockable(range)) {
		up_read(&mirror->sem);
		return -EAGAIN;
	}
	return 0;
}

void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	up_read(&mirror->sem);
}

int good_held_over_return(struct mirror *mirror)
{
	spin_lock(&mirror->lock);
	if (mirror->busy) {
		spin_unlock(&mirror->lock);
		mmu_notifier_invalidate_range_start(&mirror->range);
		mmu_notifier_invalidate_range_end(&mirror->range);
		return -EAGAIN;
	}
	return 0;
}

int bad_held_over_return(struct mirror *mirror)
{
	spin_lock(&mirror->lock);
	if (mirror->busy) {
		mmu_notifier_invalidate_range_start(&mirror->range); /* warn(region-atomic:atomic-lock) */
		spin_unlock(&mirror->lock);
		mmu_notifier_invalidate_range_end(&mirror->range);
		return -EAGAIN;
	}
	return 0;
}

const struct mmu_notifier_ops mirror_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};
