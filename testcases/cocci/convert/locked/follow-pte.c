// SPDX-License-Identifier: GPL-2.0-only
/*
 * follow-pte.c - is a helper that fails with an error known?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	if (follow_pte(mm, addr, &pte, &ptl))
		return;
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr);
}
