/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_OTHER_H
#define TEST_OTHER_H

#include "era-d2/mmu_notifier.h"

void second(struct mmu_notifier_range *range, spinlock_t *lock);
void third_lock(void);
void third_unlock(void);
void add_work_cache(spinlock_t *lock);

#endif /* TEST_OTHER_H */
