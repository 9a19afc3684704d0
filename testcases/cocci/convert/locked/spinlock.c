// SPDX-License-Identifier: GPL-2.0-only
/*
 * spinlock.c - is a region that would start under a spinlock refused?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	read_lock(&tree_lock); /* not rewritten: a region may not start inside 'read_lock()' */
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	mmu_notifier_invalidate_page(mm, addr);
	pte_unmap_unlock(pte, ptl);
	read_unlock(&tree_lock);
}
