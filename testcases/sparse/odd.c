/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * odd.c - are functions checked that stand beside what nobody writes, and the compiler takes?
 */
#include "era-d2/mmu_notifier.h"

static inline void start(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
}

/* its body is evaluated for its type, before it is its turn */
extern typeof(start) *pointer_to_start;

/* no function to clean up with: sparse says so */
static inline int bad_cleanup(struct mmu_notifier_range *range, spinlock_t *lock)
{
	int number __attribute__((cleanup(1))) = 0;

	spin_lock(lock);
	start(range);
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(lock);
	return number;
}

int (*calls)(struct mmu_notifier_range *range, spinlock_t *lock) = bad_cleanup;

/* a negative and a truth that are stepped */
void good_steps(struct mmu_notifier_range *range, spinlock_t *lock, int n)
{
	bool twice = 0;

	twice++;
	if (twice)
		spin_lock(lock);
	if (-n == n + 1 || twice)
		spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
