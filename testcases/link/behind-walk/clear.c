/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * clear.c - who comes to a region behind a walk, and to no other.
 */
#include "walk.h"

static int clear_entry(pmd_t *pmd, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, walk->mm, addr, next);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

static const struct mm_walk_ops clear_ops = { .pmd_entry = clear_entry };

int clear_pages(struct mm_struct *mm, unsigned long start)
{
	return walk_page_range(mm, start, start + PAGE_SIZE, &clear_ops, NULL);
}
