// SPDX-License-Identifier: GPL-2.0-only
/*
 * get-locked.c - is get_locked_pte() known?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = get_locked_pte(mm, addr, &ptl);
	if (!pte)
		return;
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr);
}
