/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_ARCH_H
#define TEST_ARCH_H

#include "era-d2/mmu_notifier.h"

#define __weak	__attribute__((__weak__))

void arch_both(struct mmu_notifier_range *range);
void arch_weak_only(struct mmu_notifier_range *range);
int arch_quiet(struct mmu_notifier_range *range, int n);

#endif /* TEST_ARCH_H */
