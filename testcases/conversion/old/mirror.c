/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mirror.c - what do a driver's callbacks do before a conversion?
 *
 * The twin of the same name in new/ is the driver after it: invalidate_page is
 * gone, and with it one function, one hook and one store.
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

#define NOTIFIER_ARGS	struct mmu_notifier *mn, struct mm_struct *mm

struct mirror {
	struct mmu_notifier mn;
	struct device dev;
	bool stale;
};

void mirror_reload(struct device *dev);
void mirror_nothing(struct device *dev);
void mirror_flush(struct device *dev, unsigned long start);

static struct mirror *mirror_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct mirror, mn);
}

static void bad_page(NOTIFIER_ARGS, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	mirror_flush(&mirror->dev, address);
	mirror_nothing(&mirror->dev); /* warn(callback-lost:lost-call) */
	mirror_reload(&mirror->dev); /* warn(callback-lost:lost-call) */
	mirror->dev.hooks->reload(&mirror->dev); /* warn(callback-lost:lost-hook) */
	mirror->stale = true; /* warn(callback-lost:lost-store) */
	mirror->dev.flushed++;
}

static void start(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	mirror_flush(&mirror_of(mn)->dev, from);
}

const struct mmu_notifier_ops mirror_ops = {
	.invalidate_page = bad_page, /* warn(ops-invalidate-page:ops-beside) */
	.invalidate_range_start = start,
};

static void range(NOTIFIER_ARGS, unsigned long from, unsigned long to)
{
	mirror_flush(&mirror_of(mn)->dev, from);
}

const struct mmu_notifier_ops good_ops = {
	.invalidate_range = range,
};
