// SPDX-License-Identifier: GPL-2.0-only
/*
 * side-effect.c - is a condition with a side effect refused?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	if (test_and_clear(mm))
		mmu_notifier_invalidate_page(mm, addr); /* not rewritten: the condition of the call has side effects */
}
