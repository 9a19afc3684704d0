/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown.c - is the rule silent where only the caller knows whether it may sleep?
 */
#include "era-d2/mmu_notifier.h"

void good_nothing_known(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_other_cpu_lock(struct mmu_notifier_range *range, spinlock_t *a, spinlock_t *b)
{
	spin_lock(a);
	spin_unlock(a);
	mmu_notifier_invalidate_range_start(range);
	spin_lock(b);
	spin_unlock(b);
	mmu_notifier_invalidate_range_end(range);
}
