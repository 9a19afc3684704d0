/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * early.h - a window, whose callback may leave early where nothing is mapped; a file has mmu_notifier.h first.
 */
#ifndef TEST_EARLY_H
#define TEST_EARLY_H

#include "interval.h"
#include "reader.h"

struct window {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	bool mapped;
	unsigned long table, hits;
};

void device_unmap(unsigned long table);
int device_start(struct window *window);

/* the device's page table is in memory */
static inline void window_map(struct window *window, unsigned long pages)
{
	window->table = pages;
}

#endif /* TEST_EARLY_H */
