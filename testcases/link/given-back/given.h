/* SPDX-License-Identifier: GPL-2.0-only */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

void count_work(struct mmu_notifier_range *range, spinlock_t *lock, const volatile int *busy);
void begin_work(struct mmu_notifier_range *range, spinlock_t *lock);
void end_work(spinlock_t *lock);
