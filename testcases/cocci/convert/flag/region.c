// SPDX-License-Identifier: GPL-2.0-only
/*
 * region.c - is no second region started around a helper that locks?
 */
#include <linux/mmu_notifier.h>

static void clean_all(struct address_space *mapping, pgoff_t index)
{
	struct vm_area_struct *vma;
	pte_t *ptep = NULL;
	pmd_t *pmdp = NULL;
	spinlock_t *ptl;
	bool changed;

	mmu_notifier_invalidate_range_start(mapping->mm, 0, TASK_SIZE); /* not rewritten: the function starts a region already */
	for_each_vma(vma, mapping, index) {
		unsigned long address;

		address = address_of(index, vma);
		changed = false;
		if (follow_pte(vma->vm_mm, address, &ptep, &ptl))
			continue;

		set_pte_at(vma->vm_mm, address, ptep, pte);
		changed = true;
		pte_unmap_unlock(ptep, ptl);

		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, address);
	}
	mmu_notifier_invalidate_range_end(mapping->mm, 0, TASK_SIZE);
}
