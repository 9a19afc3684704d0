// SPDX-License-Identifier: GPL-2.0-only
/*
 * conditional-start.c - is a start that may have happened excused?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;
	bool cow = is_cow(mm);

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	if (cow)
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	if (cow)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
