/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rmap-walk.c - is the call in an rmap_one callback seen with the lock of its walk?
 */
#include "era-c/mmu_notifier.h"
#include "rmap.h"

bool bad_clean_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		   void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	bool *cleaned = arg;

	while (page_vma_mapped_walk(&pvmw)) {
		pte_t entry = ptep_clear_flush(vma, pvmw.address, pvmw.pte);

		set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte, pte_mkclean(entry));
		mmu_notifier_invalidate_page(vma->vm_mm, pvmw.address); /* warn(invalidate-page): page table lock */
		*cleaned = true;
	}
	return true;
}

bool good_clean_one(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		    void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	bool *cleaned = arg;

	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, vma->vm_end);
	while (page_vma_mapped_walk(&pvmw)) {
		pte_t entry = ptep_clear_flush(vma, pvmw.address, pvmw.pte);

		set_pte_at(vma->vm_mm, pvmw.address, pvmw.pte, pte_mkclean(entry));
		mmu_notifier_invalidate_range(vma->vm_mm, pvmw.address,
					      pvmw.address + PAGE_SIZE);
		*cleaned = true;
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, vma->vm_end);
	return true;
}

void clean_page(struct page *page, bool *cleaned)
{
	struct rmap_walk_control bad = { .rmap_one = bad_clean_one, .arg = cleaned };
	struct rmap_walk_control good = { .rmap_one = good_clean_one, .arg = cleaned };

	rmap_walk(page, &bad);
	rmap_walk(page, &good);
}
