// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/replace.c, era D2 - one iteration more than there are pairs
 */

#include <linux/dirty.h>
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

static void replace_one(struct vm_area_struct *vma, pmd_t *pmd,
			unsigned long address, struct page *zero)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	ptep_clear_flush(vma, address, pte);
	mmu_notifier_invalidate_range(mm, address, address + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	set_pte_at(mm, address, pte, mk_pte(zero, vma->vm_page_prot));
	pte_unmap_unlock(pte, ptl);
}

void replace_pages(struct vm_area_struct *vma, unsigned long start,
		   unsigned long end, struct page *zero)
{
	struct mm_struct *mm = vma->vm_mm;
	struct mmu_notifier_range range;
	unsigned long address;
	pmd_t *pmd;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, start,
				end);
	mmu_notifier_invalidate_range_start(&range);
	for (address = start; address < end; address += PAGE_SIZE) {
		pmd = mm_find_pmd(mm, address);
		if (pmd)
			replace_one(vma, pmd, address, zero);
	}
	mmu_notifier_invalidate_range_only_end(&range);

	/* the guard page behind the area */
	pmd = mm_find_pmd(mm, end);
	if (pmd)
		replace_one(vma, pmd, end, zero); /* fault: range-unpaired */
}
