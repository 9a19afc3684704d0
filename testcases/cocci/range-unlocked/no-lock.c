// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-lock.c - is a call with no lock at all found?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	pte_t *pte = lookup(mm, addr);

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	set_pte_at(mm, addr, pte, entry);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(range-unlocked): 'mmu_notifier_invalidate_range()' is called with no page table lock held */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
