/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_REGION_H
#define TEST_REGION_H

#include "era-d2/mmu_notifier.h"

void region_count(struct mmu_notifier_range *range);
void region_passed_on(struct mmu_notifier_range *range);
void region_whole(struct mmu_notifier_range *range);
void region_of_others(struct mmu_notifier_range *range);

#endif /* TEST_REGION_H */
