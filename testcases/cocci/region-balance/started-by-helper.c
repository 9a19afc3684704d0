// SPDX-License-Identifier: GPL-2.0-only
/*
 * started-by-helper.c - is a region that a helper starts left alone?
 */
#include <linux/mmu_notifier.h>

static void work(struct list_head *list)
{
	struct item *item;
	unsigned long start, end;

	list_for_each_entry(item, list, node) {
		if (lock_item(item, &start, &end))
			continue;
		mmu_notifier_invalidate_range_end(item->mm, start, end);
	}
}
