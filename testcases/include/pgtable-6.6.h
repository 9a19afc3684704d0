/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pgtable-6.6.h - pte_offset_map_lock() from Linux 6.6 on: as in 6.5, and a mapped
 * page table is an RCU read section.
 */
#ifndef TEST_PGTABLE_H
#define TEST_PGTABLE_H

#include "mm.h"
#include "rcupdate.h"

pte_t *pte_offset_map_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
			   spinlock_t **ptlp);

static inline void pte_unmap(pte_t *pte)
{
	(void)pte;
	rcu_read_unlock();
}

#define pte_unmap_unlock(pte, ptl)				\
do {								\
	spin_unlock(ptl);					\
	pte_unmap(pte);						\
} while (0)

#endif /* TEST_PGTABLE_H */
