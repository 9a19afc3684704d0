/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * driver.c - is a call of an exported function a call of it?
 */
#include "core.h"

void bad_driver(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	core_zap(range);
	spin_unlock(lock);
}

void good_driver(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	spin_unlock(lock);
	core_flush(range);
}
