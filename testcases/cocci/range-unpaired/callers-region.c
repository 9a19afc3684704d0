// SPDX-License-Identifier: GPL-2.0-only
/*
 * callers-region.c - is a region of the caller left alone?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
}
