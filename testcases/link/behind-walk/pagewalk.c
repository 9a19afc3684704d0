/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagewalk.c - the walk itself, which calls through the table that it is handed.
 */
#include "walk.h"

int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private)
{
	struct mm_walk walk = { ops, mm, NULL, private };
	pmd_t pmd = { 0 };

	return ops->pmd_entry ? ops->pmd_entry(&pmd, start, end, &walk) : 0;
}
