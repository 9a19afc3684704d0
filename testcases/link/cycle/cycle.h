/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_CYCLE_H
#define TEST_CYCLE_H

#include "era-d2/mmu_notifier.h"

void bad_down(struct mmu_notifier_range *range, spinlock_t *lock, int n);
void up_locked(struct mmu_notifier_range *range, spinlock_t *lock, int n);
void good_down(struct mmu_notifier_range *range, spinlock_t *lock, int n);
void up_unlocked(struct mmu_notifier_range *range, spinlock_t *lock, int n);

#endif /* TEST_CYCLE_H */
