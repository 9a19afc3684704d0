/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hugetlb.h - page tables of huge pages that several processes share.
 */
#ifndef TEST_HUGETLB_H
#define TEST_HUGETLB_H

#include "mm.h"

#define VM_HUGETLB	0x00400000

static inline bool is_vm_hugetlb_page(const struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_HUGETLB;
}

void adjust_range_if_pmd_sharing_possible(struct vm_area_struct *vma, unsigned long *start,
					  unsigned long *end);

#endif /* TEST_HUGETLB_H */
