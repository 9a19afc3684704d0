// SPDX-License-Identifier: GPL-2.0-only
/*
 * handed-over.c - is a range behind a pointer left alone?
 */
#include <linux/mmu_notifier.h>

static int pre(struct walk *walk)
{
	mmu_notifier_invalidate_range_start(&walk->range);
	return 0;
}

static void post(struct walk *walk)
{
	mmu_notifier_invalidate_range_end(&walk->range);
}
