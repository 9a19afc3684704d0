/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_ALWAYS_H
#define TEST_ALWAYS_H

#include "era-d2/mmu_notifier.h"

int always(struct mmu_notifier_range *range);
int sometimes(struct mmu_notifier_range *range);

#endif /* TEST_ALWAYS_H */
