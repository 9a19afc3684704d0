// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/madvise.c - pages whose content their owner no longer needs
 */

#include <linux/huge_mm.h>
#include <linux/mman.h>
#include <linux/mmu_notifier.h>
#include <linux/pagewalk.h>
#include <linux/rmap.h>
#include <linux/swap.h>

static int madvise_free_pte_range(pmd_t *pmd, unsigned long addr,
				  unsigned long end, struct mm_walk *walk)
{
	struct mmu_gather *tlb = walk->private;
	struct mm_struct *mm = tlb->mm;
	struct vm_area_struct *vma = walk->vma;
	pte_t *orig_pte, *pte, ptent;
	struct page *page;
	spinlock_t *ptl;

	if (pmd_trans_huge(*pmd))
		__split_huge_pmd(vma, pmd, addr);

	orig_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	for (; addr != end; pte++, addr += PAGE_SIZE) {
		ptent = *pte;
		if (!pte_present(ptent))
			continue;

		page = vm_normal_page(vma, addr, ptent);
		if (!page || page_mapcount(page) != 1)
			continue;

		if (pte_young(ptent) || pte_dirty(ptent)) {
			ptent = ptep_get_and_clear(mm, addr, pte);
			ptent = pte_mkclean(pte_mkold(ptent));
			set_pte_at(mm, addr, pte, ptent);
			tlb_remove_tlb_entry(tlb, pte, addr);
		}
		ClearPageDirty(page);
	}
	pte_unmap_unlock(orig_pte, ptl);
	cond_resched();

	return 0;
}

/**
 * madvise_free_single_vma - the pages of a range may go without a write
 */
int madvise_free_single_vma(struct vm_area_struct *vma, unsigned long start,
			    unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_gather tlb;
	struct mm_walk free_walk = {
		.pmd_entry = madvise_free_pte_range,
		.mm = mm,
		.vma = vma,
		.private = &tlb,
	};

	if (vma->vm_flags & (VM_LOCKED | VM_HUGETLB | VM_PFNMAP))
		return -EINVAL;
	if (start >= vma->vm_end || end <= vma->vm_start)
		return -EINVAL;

	tlb_gather_mmu(&tlb, mm, start, end);
	update_hiwater_rss(mm);

	mmu_notifier_invalidate_range_start(mm, start, end);
	walk_page_range(start, end, &free_walk);
	mmu_notifier_invalidate_range_end(mm, start, end);
	tlb_finish_mmu(&tlb, start, end);

	return 0;
}
