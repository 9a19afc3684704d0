/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagewalk.c - is a walk whose functions nobody knows followed into its body? In a program of few files it
 * is; tests/test_link.py asks that in one of many it is not.
 */
#include "walk.h"

int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private)
{
	struct mm_walk walk = { ops, mm, NULL, private };
	struct mmu_notifier_range range;
	pmd_t pmd = { 0 };

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, NULL, mm, start, end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(&range);
	return ops->pmd_entry ? ops->pmd_entry(&pmd, start, end, &walk) : 0;
}
