// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs/dax.c - files whose pages are the storage itself
 */

#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>

static unsigned long pgoff_address(pgoff_t pgoff, struct vm_area_struct *vma)
{
	unsigned long address;

	address = vma->vm_start + ((pgoff - vma->vm_pgoff) << PAGE_SHIFT);
	VM_BUG_ON(address < vma->vm_start || address >= vma->vm_end);
	return address;
}

/*
 * Make all mappings of one place of a file clean and read-only, so that the
 * next write to it faults and is noticed.
 */
static void dax_mapping_entry_mkclean(struct address_space *mapping,
				      pgoff_t index, unsigned long pfn)
{
	struct vm_area_struct *vma;
	pte_t *ptep = NULL;
	pmd_t *pmdp = NULL;
	spinlock_t *ptl;
	bool changed;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long addr;

		cond_resched();

		/* nobody else sees what is written to a private mapping */
		if (!(vma->vm_flags & VM_SHARED))
			continue;

		addr = pgoff_address(index, vma);
		changed = false;
		if (follow_pte_pmd(vma->vm_mm, addr, &ptep, &pmdp, &ptl))
			continue;

		if (pmdp) {
#ifdef CONFIG_FS_DAX_PMD
			pmd_t pmd;

			if (pmd_pfn(*pmdp) != pfn)
				goto drop_pmd;
			if (!pmd_write(*pmdp) && !pmd_dirty(*pmdp))
				goto drop_pmd;

			flush_cache_page(vma, addr, pfn);
			pmd = pmdp_huge_clear_flush(vma, addr, pmdp);
			pmd = pmd_mkclean(pmd_wrprotect(pmd));
			set_pmd_at(vma->vm_mm, addr, pmdp, pmd);
			changed = true;
drop_pmd:
			spin_unlock(ptl);
#endif
		} else {
			pte_t pte;

			if (pte_pfn(*ptep) != pfn)
				goto drop_pte;
			if (!pte_write(*ptep) && !pte_dirty(*ptep))
				goto drop_pte;

			flush_cache_page(vma, addr, pfn);
			pte = ptep_clear_flush(vma, addr, ptep);
			pte = pte_mkclean(pte_wrprotect(pte));
			set_pte_at(vma->vm_mm, addr, ptep, pte);
			changed = true;
drop_pte:
			pte_unmap_unlock(ptep, ptl);
		}

		if (changed)
			mmu_notifier_invalidate_page(vma->vm_mm, addr /* warn(invalidate-page): no page table lock held */);
	}
	i_mmap_unlock_read(mapping);
}

/**
 * dax_flush_entry - bring one dirty place of a file to the storage
 * @mapping: of the file
 * @index: the place, in pages
 * @pfn: what lies there
 */
void dax_flush_entry(struct address_space *mapping, pgoff_t index,
		     unsigned long pfn)
{
	dax_mapping_entry_mkclean(mapping, index, pfn);
	wb_cache_pmem((void *)(pfn << PAGE_SHIFT), PAGE_SIZE);
}
EXPORT_SYMBOL_GPL(dax_flush_entry);
