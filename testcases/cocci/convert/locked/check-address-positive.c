// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-address-positive.c - is one end put behind the branch that locked?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct page *page = page_of(mm, addr);
	spinlock_t *ptl;
	pte_t *pte;

	pte = page_check_address(page, mm, addr, &ptl, 1);
	if (pte) {
		pte_clear(mm, addr, pte);
		pte_unmap_unlock(pte, ptl);
		mmu_notifier_invalidate_page(mm, addr);
	}
}
