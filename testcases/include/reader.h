/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reader.h - a driver that mirrors page tables: what a reader looks up, and where it puts it.
 */
#ifndef TEST_READER_H
#define TEST_READER_H

#include "entries.h"
#include "sleep.h"

struct hmm_range {
	struct mmu_interval_notifier *notifier;
	unsigned long notifier_seq;
	unsigned long start, end;
	unsigned long *hmm_pfns;
};

int hmm_range_fault(struct hmm_range *range);

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct rw_semaphore sem;
	spinlock_t update;
	struct mm_struct *mm;
};

/* of another file: the device's page table */
void mirror_program(struct mirror *mirror, struct hmm_range *range);
int mirror_map(struct mirror *mirror, struct hmm_range *range);
void mirror_lock(struct mirror *mirror);
void mirror_unlock(struct mirror *mirror);

#endif /* TEST_READER_H */
