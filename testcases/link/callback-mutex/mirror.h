/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_MIRROR_H
#define TEST_MIRROR_H

#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	spinlock_t pages_lock;
	unsigned long pages;
};

void mirror_stop(struct mirror *mirror);
void mirror_mark(struct mirror *mirror);

#endif /* TEST_MIRROR_H */
