// SPDX-License-Identifier: GPL-2.0-only
/*
 * set-unlocked.c - is a flag that is set without the lock refused?
 */
#include <linux/mmu_notifier.h>

static void clean_all(struct address_space *mapping, pgoff_t index)
{
	struct vm_area_struct *vma;
	pte_t *ptep = NULL;
	pmd_t *pmdp = NULL;
	spinlock_t *ptl;
	bool changed;

	for_each_vma(vma, mapping, index) {
		unsigned long address;

		address = address_of(index, vma);
		changed = false;
		if (follow_pte(vma->vm_mm, address, &ptep, &ptl))
			continue;

		pte_unmap_unlock(ptep, ptl);
		changed = true; /* not rewritten: 'changed' is set without the page table lock */

		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
}
