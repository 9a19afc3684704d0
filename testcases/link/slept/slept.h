/* SPDX-License-Identifier: GPL-2.0-only */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "sleep.h"

void msleep(unsigned int ms);
void slow_work(struct mmu_notifier_range *range, bool slow);
void quick_work(struct mmu_notifier_range *range);
void forgetful_work(struct mmu_notifier_range *range);
void atomic_work(struct mmu_notifier_range *range);
