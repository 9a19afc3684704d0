// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs/dax.c, era D1 - era C's third call site after the repair
 *
 * No finding: follow_pte_pmd() has started the pair before it took the lock; each
 * branch notifies before its unlock; the end comes after both.
 */

#include <linux/dax.h>
#include <linux/mmu_notifier.h>

static unsigned long pgoff_address(pgoff_t pgoff, struct vm_area_struct *vma)
{
	return vma->vm_start + ((pgoff - vma->vm_pgoff) << PAGE_SHIFT);
}

static void dax_mapping_entry_mkclean(struct address_space *mapping,
				      pgoff_t index, unsigned long pfn)
{
	struct vm_area_struct *vma;
	pte_t *ptep = NULL;
	pmd_t *pmdp = NULL;
	spinlock_t *ptl;

	i_mmap_lock_read(mapping);
	vma_interval_tree_foreach(vma, &mapping->i_mmap, index, index) {
		unsigned long addr, start, end;

		cond_resched();

		if (!(vma->vm_flags & VM_SHARED))
			continue;

		addr = pgoff_address(index, vma);
		if (follow_pte_pmd(vma->vm_mm, addr, &start, &end, &ptep,
				   &pmdp, &ptl))
			continue;

		if (pmdp) {
			pmd_t pmd;

			if (pmd_pfn(*pmdp) != pfn)
				goto drop_pmd;
			if (!pmd_write(*pmdp) && !pmd_dirty(*pmdp))
				goto drop_pmd;

			flush_cache_page(vma, addr, pfn);
			pmd = pmdp_huge_clear_flush(vma, addr, pmdp);
			pmd = pmd_mkclean(pmd_wrprotect(pmd));
			set_pmd_at(vma->vm_mm, addr, pmdp, pmd);
			mmu_notifier_invalidate_range(vma->vm_mm, start, end);
drop_pmd:
			spin_unlock(ptl);
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
			mmu_notifier_invalidate_range(vma->vm_mm, start, end);
drop_pte:
			pte_unmap_unlock(ptep, ptl);
		}

		mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
	}
	i_mmap_unlock_read(mapping);
}

void dax_flush_entry(struct address_space *mapping, pgoff_t index,
		     unsigned long pfn)
{
	dax_mapping_entry_mkclean(mapping, index, pfn);
	wb_cache_pmem((void *)(pfn << PAGE_SHIFT), PAGE_SIZE);
}
