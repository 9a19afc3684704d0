// SPDX-License-Identifier: GPL-2.0-only
/*
 * locked.c - is a call before the unlock said to hold it?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with the page table lock held, with no region started in this function */
	pte_unmap_unlock(pte, ptl);
}
