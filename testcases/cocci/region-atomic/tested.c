// SPDX-License-Identifier: GPL-2.0-only
/*
 * tested.c - is a lock whose success is tested left alone?
 */
#include <linux/mmu_notifier.h>

static void work(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		goto out;
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
out:
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
