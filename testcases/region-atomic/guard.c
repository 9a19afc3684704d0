/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * guard.c - does a guard forbid sleeping up to the end of its scope, and no longer?
 */
#include "era-e/mmu_notifier.h"
#include "cleanup.h"

void bad_spinlock_guard(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	guard(spinlock)(lock);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock)[gcc sparse] */
}

void good_scoped_guard(struct mmu_notifier_range *range, spinlock_t *lock)
{
	mmu_notifier_invalidate_range_start(range);
	scoped_guard(spinlock, lock)
		flush_tlb_range(NULL, range->start, range->end);
	mmu_notifier_invalidate_range_end(range);
}

void bad_rcu_guard(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	scoped_guard(rcu)
		mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-rcu)[gcc sparse] */
}

int good_return_in_guard(struct mmu_notifier_range *range, spinlock_t *lock)
{
	{
		guard(spinlock)(lock);
		if (range->start == range->end)
			return 0;
	}
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	return 1;
}

void good_irq_guard_inside(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	scoped_guard(irq)
		flush_tlb_range(NULL, range->start, range->end);
	mmu_notifier_invalidate_range_end(range);
}
