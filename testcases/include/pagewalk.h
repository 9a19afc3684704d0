/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pagewalk.h - callbacks for each entry of a range.
 *
 * pre_vma and post_vma enclose the entries of one area; what the first
 * starts the second ends.
 */
#ifndef TEST_PAGEWALK_H
#define TEST_PAGEWALK_H

#include "mm.h"

struct mm_walk;

struct mm_walk_ops {
	int (*pmd_entry)(pmd_t *pmd, unsigned long addr, unsigned long next,
			 struct mm_walk *walk);
	int (*pte_entry)(pte_t *pte, unsigned long addr, unsigned long next,
			 struct mm_walk *walk);
	int (*pre_vma)(unsigned long start, unsigned long end, struct mm_walk *walk);
	void (*post_vma)(struct mm_walk *walk);
};

struct mm_walk {
	const struct mm_walk_ops *ops;
	struct mm_struct *mm;
	struct vm_area_struct *vma;
	void *private;
};

int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private);
int walk_page_vma(struct vm_area_struct *vma, const struct mm_walk_ops *ops, void *private);

int apply_to_page_range(struct mm_struct *mm, unsigned long address, unsigned long size,
			int (*fn)(pte_t *pte, unsigned long addr, void *data), void *data);

#endif /* TEST_PAGEWALK_H */
