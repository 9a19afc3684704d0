/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * steps.h - inline functions that are the same text in each file, and not the same function: what a macro
 * makes of it, and what it calls, is the file's own.
 */
#ifndef TEST_STEPS_H
#define TEST_STEPS_H

#include "era-d2/mmu_notifier.h"
#include "sleep.h"

static void step(struct mmu_notifier_range *range, spinlock_t *lock);

static inline void in_steps(struct mmu_notifier_range *range, spinlock_t *lock)
{
	step(range, lock);
	mmu_notifier_invalidate_range_end(range);
}

static inline void started(STARTED_WITH)
{
	STARTED_BY;
}

/* the same body with other parameters */
static inline void ended(ENDED_WITH)
{
	mmu_notifier_invalidate_range_end(range);
}

int long_wait(int n);

static inline void unlock_and_start(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_unlock(lock);
	mmu_notifier_invalidate_range_start(range);
}

#endif /* TEST_STEPS_H */
