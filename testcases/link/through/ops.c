/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ops.c - what a mirror of one kind or another does.
 */
#include "mirror.h"

void mirror_unmap(struct mirror *mirror, unsigned long start)
{
	if (mirror->ops->unmap)
		mirror->ops->unmap(mirror, start);
}

static void large_unmap(struct mirror *mirror, unsigned long start)
{
	mutex_lock(&mirror->lock);
	mirror->pages -= start;
	mutex_unlock(&mirror->lock);
}

static void large_flush(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
}

static void small_flush(struct mirror *mirror)
{
	mirror->pages = 0;
}

static void large_report(struct mirror *mirror)
{
	mutex_lock(&mirror->lock);
	mirror->pages++;
	mutex_unlock(&mirror->lock);
}

static void begin(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
}

static void first_report(struct mirror *mirror)
{
	mirror->pages = 1;
}

static void second_report(struct mirror *mirror)
{
	mirror->pages = 2;
}

static void third_report(struct mirror *mirror)
{
	mirror->pages = 3;
}

static void fourth_report(struct mirror *mirror)
{
	mirror->pages = 4;
}

const struct mirror_ops mirror_large_ops = {
	.unmap = large_unmap, .flush = large_flush, .report = large_report, .begin = begin,
};

const struct mirror_ops mirror_small_ops[] = {
	{ .flush = small_flush, .report = first_report },
	{ .report = second_report },
	{ .report = third_report },
	{ .report = fourth_report },
};
