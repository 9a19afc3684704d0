/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pgtable-6.5.h - pte_offset_map_lock() of Linux 6.5: a function that
 * returns NULL, and holds nothing then, when the page table has gone.
 */
#ifndef TEST_PGTABLE_H
#define TEST_PGTABLE_H

#include "mm.h"

pte_t *pte_offset_map_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
			   spinlock_t **ptlp);

#define pte_unmap(pte)		((void)(pte))

#define pte_unmap_unlock(pte, ptl)				\
do {								\
	spin_unlock(ptl);					\
	pte_unmap(pte);						\
} while (0)

#endif /* TEST_PGTABLE_H */
