// SPDX-License-Identifier: GPL-2.0-only
/*
 * lock-in-structure.c - is a lock that is no local variable refused?
 */
#include <linux/mmu_notifier.h>

static void clear(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	struct fault *fault = fault_of(mm);

	fault->pte = pte_offset_map_lock(mm, pmd, addr, &fault->ptl);
	mmu_notifier_invalidate_page(mm, addr); /* not rewritten: the lock is not a local variable */
	pte_unmap_unlock(fault->pte, fault->ptl);
}
