// SPDX-License-Identifier: GPL-2.0-only
/*
 * outside-3.18.c - does the message of a kernel before 3.19 say that the call needs no region there?
 *
 * kernel: 3.18.140
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): 'mmu_notifier_invalidate_page()' is called with no page table lock held, with no region started in this function (allowed in this kernel) */
}
