/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ring.h - a device whose notifier, reader and memory are three files.
 */
#ifndef RING_H
#define RING_H

#include "era-e/mmu_notifier.h"
#include "interval.h"
#include "reader.h"

struct ring {
	struct mmu_interval_notifier mni;
	struct mutex update, users;
	void *table;
};

void ring_lock(struct ring *ring);
void ring_unlock(struct ring *ring);
void ring_submit(struct ring *ring);
void *ring_table(unsigned int flags);

#endif /* RING_H */
