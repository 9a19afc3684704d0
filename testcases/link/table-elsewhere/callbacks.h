/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_CALLBACKS_H
#define TEST_CALLBACKS_H

#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	unsigned long pages;
};

int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range);
int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range);
int good_in_no_table(struct mmu_notifier *mn, const struct mmu_notifier_range *range);

#endif /* TEST_CALLBACKS_H */
