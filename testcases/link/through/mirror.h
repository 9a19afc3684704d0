/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEST_MIRROR_H
#define TEST_MIRROR_H

#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror;

struct mirror_ops {
	void (*unmap)(struct mirror *mirror, unsigned long start);	/* one function */
	void (*flush)(struct mirror *mirror);				/* two */
	void (*report)(struct mirror *mirror);				/* five */
	void (*begin)(struct mmu_notifier_range *range);		/* one */
	void (*idle)(struct mirror *mirror);				/* none */
};

struct mirror {
	struct mmu_notifier mn;
	const struct mirror_ops *ops;
	struct mutex lock;
	unsigned long pages;
};

void mirror_unmap(struct mirror *mirror, unsigned long start);

#endif /* TEST_MIRROR_H */
