// SPDX-License-Identifier: GPL-2.0-only
/*
 * behind-unlock.c - is a call behind the unlock found?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	pte_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked): 'mmu_notifier_invalidate_range()' is called with no page table lock held */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
