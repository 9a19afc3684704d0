/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_CHAIN_H
#define TEST_CHAIN_H

#include "era-d2/mmu_notifier.h"

void near_1(struct mmu_notifier_range *range);
void far_1(struct mmu_notifier_range *range);

#endif /* TEST_CHAIN_H */
