/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * before-4.19.c - may a start that cannot fail sleep?
 */
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	struct completion idle;
	bool busy;
};

int mirror_unmap(struct mirror *mirror, unsigned long start);

void good_start_sleeps(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror_unmap(mirror, start);
	mutex_unlock(&mirror->lock);
}

void good_start_waits(struct mmu_notifier *mn, struct mm_struct *mm,
		      unsigned long start, unsigned long end)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	wait_for_completion(&mirror->idle);
	mirror_unmap(mirror, start);
}

const struct mmu_notifier_ops ops_good_start_sleeps = {
	.invalidate_range_start = good_start_sleeps,
};

const struct mmu_notifier_ops ops_good_start_waits = {
	.invalidate_range_start = good_start_waits,
};
