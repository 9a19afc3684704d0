/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_OTHER_H
#define TEST_OTHER_H

#include "era-d2/mmu_notifier.h"

void second(struct mmu_notifier_range *range, spinlock_t *lock);
void third_lock(void);
void third_unlock(void);

#endif /* TEST_OTHER_H */
