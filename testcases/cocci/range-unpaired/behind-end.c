// SPDX-License-Identifier: GPL-2.0-only
/*
 * behind-end.c - is a call behind the end found?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired): 'mmu_notifier_invalidate_range()' is called after the region ended */
	pte_unmap_unlock(pte, ptl);
}
