/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * never-started.c - is invalidate_range() found in a callback that is known to be
 * called outside any region?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

bool bad_no_pair(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		 void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	while (page_vma_mapped_walk(&pvmw)) {
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	}
	return true;
}

bool good_pair(struct page *page, struct vm_area_struct *vma, unsigned long addr,
	       void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	while (page_vma_mapped_walk(&pvmw)) {
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	return true;
}

void walk_both(struct page *page)
{
	struct rmap_walk_control bad = { .rmap_one = bad_no_pair };
	struct rmap_walk_control good = { .rmap_one = good_pair };

	rmap_walk(page, &bad);
	rmap_walk(page, &good);
}
