/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * told-by-page.c - is an entry that gets another page after
 * invalidate_page() left to the rule about that call?
 */
#include "era-c/mmu_notifier.h"
#include "entries.h"

void bad_told_by_page(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
		      struct page *old, struct page *page, pgprot_t prot)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
	set_pte_at(mm, addr, pte, mk_pte(page, prot));
	put_page(old);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void bad_told_by_nobody(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			struct page *old, struct page *page, pgprot_t prot)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_clear_flush(vma, addr, pte);
	set_pte_at(mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-unnotified) */
	put_page(old);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
