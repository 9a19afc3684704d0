// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/hugetlb.c, era D1 - a start that may sleep, in a helper, under the ptl
 */

#include <linux/hugetlb.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

static void replace_huge_entry(struct vm_area_struct *vma,
			       unsigned long address, pte_t *ptep,
			       struct page *new_page)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long end = address + huge_page_size(hstate_vma(vma));

	mmu_notifier_invalidate_range_start(mm, address, end); /* fault: region-atomic */ /* warn(region-atomic:atomic-lock) */
	huge_ptep_clear_flush(vma, address, ptep);
	mmu_notifier_invalidate_range(mm, address, end);
	set_huge_pte_at(mm, address, ptep, make_huge_pte(vma, new_page, 1));
	mmu_notifier_invalidate_range_only_end(mm, address, end);
}

int hugetlb_wp_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		     unsigned long address)
{
	struct hstate *h = hstate_vma(vma);
	struct page *new_page;
	spinlock_t *ptl;
	pte_t *ptep;

	address &= huge_page_mask(h);
	ptep = huge_pte_offset(mm, address);
	if (!ptep)
		return 0;

	new_page = alloc_huge_page(vma, address);
	if (!new_page)
		return VM_FAULT_OOM;

	ptl = huge_pte_lock(h, mm, ptep);
	if (!pte_write(huge_ptep_get(ptep)))
		replace_huge_entry(vma, address, ptep, new_page);
	spin_unlock(ptl);

	return VM_FAULT_WRITE;
}

void __unmap_hugepage_range(struct mmu_gather *tlb,
			    struct vm_area_struct *vma, unsigned long start,
			    unsigned long end)
{
	struct mm_struct *mm = vma->vm_mm;
	struct hstate *h = hstate_vma(vma);
	unsigned long address;
	spinlock_t *ptl;
	pte_t *ptep;

	mmu_notifier_invalidate_range_start(mm, start, end);
	for (address = start; address < end; address += huge_page_size(h)) {
		ptep = huge_pte_offset(mm, address);
		if (!ptep)
			continue;

		ptl = huge_pte_lock(h, mm, ptep);
		huge_ptep_get_and_clear(mm, address, ptep);
		tlb_remove_tlb_entry(tlb, ptep, address);
		spin_unlock(ptl);
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}
