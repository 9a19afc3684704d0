// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-address.c - is the region ended where the lock was not taken?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct page *page = page_of(mm, addr);
	spinlock_t *ptl;
	pte_t *pte;

	pte = page_check_address(page, mm, addr, &ptl, 1);
	if (!pte)
		goto out;
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr);
out:
	put_page(page);
}
