/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * pgtable.h - pte_offset_map_lock() until Linux 6.4: a macro that cannot fail.
 */
#ifndef TEST_PGTABLE_H
#define TEST_PGTABLE_H

#include "mm.h"

#define pte_offset_map(pmd, address)	pte_offset_kernel((pmd), (address))
#define pte_unmap(pte)			((void)(pte))

#define pte_offset_map_lock(mm, pmd, address, ptlp)		\
({								\
	spinlock_t *__map_ptl = pte_lockptr(mm, pmd);		\
	pte_t *__map_pte = pte_offset_map(pmd, address);	\
								\
	*(ptlp) = __map_ptl;					\
	spin_lock(__map_ptl);					\
	__map_pte;						\
})

#define pte_unmap_unlock(pte, ptl)				\
do {								\
	spin_unlock(ptl);					\
	pte_unmap(pte);						\
} while (0)

#endif /* TEST_PGTABLE_H */
