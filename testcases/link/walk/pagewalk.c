/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagewalk.c - is a walk whose body is there still known by its row?
 */
#include "relock.h"

int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private)
{
	struct mm_walk walk = { ops, mm, NULL, private };
	pmd_t pmd = { 0 };
	int ret = 0;

	for (; start < end && !ret; start += PMD_SIZE)
		if (ops->pmd_entry)
			ret = ops->pmd_entry(&pmd, start, start + PMD_SIZE, &walk);
	return ret;
}
