/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * task_mmu.c - forget what was accessed.
 */
#include "linux/mmu_notifier.h"

void forget(unsigned long addr);

int clear_refs_pte_range(pmd_t *pmd, pte_t *pte, unsigned long addr, unsigned long end,
			 struct vm_area_struct *vma)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, vma);

	if (ptl) {
		/* the bit first */
		pmdp_test_and_clear_young(vma, addr, pmd);
		forget(addr);
		spin_unlock(ptl);
		return 0;
	}

	ptl = pte_lockptr(vma->vm_mm, pmd);
	spin_lock(ptl);
	for (; addr != end; pte++, addr += PAGE_SIZE) {
		if (!pte_present(*pte))
			continue;

		ptep_test_and_clear_young(vma, addr, pte);
		forget(addr);
	}
	spin_unlock(ptl);
	return 0;
}
