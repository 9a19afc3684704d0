/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mirror.c - what do a driver's callbacks do after a conversion?
 *
 * The twin of the same name in old/ is the driver before it.
 */
#include "era-d1/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct mirror {
	struct mmu_notifier mn;
	struct device dev;
	bool stale;
};

void mirror_flush(struct device *dev, unsigned long start);

static struct mirror *mirror_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct mirror, mn);
}

static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	mirror_flush(&mirror_of(mn)->dev, from);
}

const struct mmu_notifier_ops mirror_ops = {
	.invalidate_range_start = start,
};

/* the other file's function by what it does itself */
static void range(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	mirror_flush(&mirror_of(mn)->dev, from);
}

const struct mmu_notifier_ops good_ops = {
	.invalidate_range = range,
};
