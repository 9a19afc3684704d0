// SPDX-License-Identifier: GPL-2.0-only
/*
 * block-behind.c - does the rest of a block stay behind the unlock?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;
	bool dirty;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	dirty = pte_dirty(*pte);
	pte_unmap_unlock(pte, ptl);
	if (dirty) {
		mmu_notifier_invalidate_page(mm, addr);
		count(mm);
		forget(mm);
	}
}
