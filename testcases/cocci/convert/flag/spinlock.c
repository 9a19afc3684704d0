// SPDX-License-Identifier: GPL-2.0-only
/*
 * spinlock.c - is a region that would start under a spinlock refused?
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
		spin_lock(&mapping->lock); /* not rewritten: a region may not start inside 'spin_lock()' */
		changed = false;
		if (follow_pte_pmd(vma->vm_mm, address, &ptep, &pmdp, &ptl))
			continue;

		if (pmdp) {
			if (!pmd_dirty(*pmdp))
				goto unlock_pmd;
			set_pmd_at(vma->vm_mm, address, pmdp, pmd);
			changed = true;
unlock_pmd:
			spin_unlock(ptl);
		} else {
			if (!pte_dirty(*ptep))
				goto unlock_pte;
			set_pte_at(vma->vm_mm, address, ptep, pte);
			changed = true;
unlock_pte:
			pte_unmap_unlock(ptep, ptl);
		}

		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, address);
		spin_unlock(&mapping->lock);
	}
}
