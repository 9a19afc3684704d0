// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - is no second region started inside one that is there?
 */
#include <linux/mmu_notifier.h>

static int unmap_one(struct mm_struct *mm, pmd_t *pmd, unsigned long address)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, address, address + PAGE_SIZE); /* not rewritten: the function starts a region already */
	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	pte_clear(mm, address, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_page(mm, address);
	mmu_notifier_invalidate_range_end(mm, address, address + PAGE_SIZE);
	return 0;
}
