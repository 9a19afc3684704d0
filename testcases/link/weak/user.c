/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user.c - is it the function that the linker takes that is called here?
 */
#include "arch.h"

void good_both(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	arch_both(range);
	spin_unlock(lock);
}

void bad_weak_only(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	arch_weak_only(range);
	spin_unlock(lock);
}
