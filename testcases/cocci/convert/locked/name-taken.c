// SPDX-License-Identifier: GPL-2.0-only
/*
 * name-taken.c - is a name that is taken refused?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;
	int end = 0; /* not rewritten: the name 'end' is taken */

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr);
}
