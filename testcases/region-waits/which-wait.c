/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * which-wait.c - is waiting for the regions of the mm found, also in a helper, and waiting for the
 * callbacks that run, or asking whether one has to, not?
 */
#include "era-d2/mmu_notifier.h"

static __attribute__((noinline)) void forget(struct mmu_interval_notifier *mni)
{
	mmu_interval_notifier_remove(mni); /* warn(region-waits:waits-for-end) */
}

void bad_remove(struct mmu_notifier_range *range, struct mmu_interval_notifier *mni)
{
	mmu_notifier_invalidate_range_start(range);
	forget(mni);
	mmu_notifier_invalidate_range_end(range);
}

void good_remove(struct mmu_notifier_range *range, struct mmu_interval_notifier *mni)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	forget(mni);
}

bool good_retry(struct mmu_notifier_range *range, struct mmu_interval_notifier *mni,
		spinlock_t *lock)
{
	unsigned long seq = mmu_interval_read_begin(mni);
	bool retry;

	mmu_notifier_invalidate_range_start(range);
	spin_lock(lock);
	retry = mmu_interval_read_retry(mni, seq);
	spin_unlock(lock);
	mmu_notifier_invalidate_range_end(range);
	return retry;
}

/* it waits for the callbacks that run, and none runs between the start and the end */
void good_synchronize(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_synchronize();
	mmu_notifier_invalidate_range_end(range);
}

void good_other_mm(struct mm_struct *mm, struct mm_struct *other,
		   struct mmu_interval_notifier *mni)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mni->mm = other;
	mmu_notifier_invalidate_range_start(&range);
	mmu_interval_read_begin(mni);
	mmu_notifier_invalidate_range_end(&range);
}
