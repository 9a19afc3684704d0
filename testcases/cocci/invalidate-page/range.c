// SPDX-License-Identifier: GPL-2.0-only
/*
 * range.c - is the range that takes its place silent?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
