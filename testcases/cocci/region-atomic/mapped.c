// SPDX-License-Identifier: GPL-2.0-only
/*
 * mapped.c - is a start under the page table lock found?
 */
#include <linux/mmu_notifier.h>

static void work(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE); /* warn(region-atomic): starting or ending a region may sleep, but 'pte_offset_map_lock()' on line 12 forbids it */
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
