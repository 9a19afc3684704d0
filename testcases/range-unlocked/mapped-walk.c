/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mapped-walk.c - is the ptl of page_vma_mapped_walk() held in the loop, kept by
 * break and dropped by _done()?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

void good_in_loop(struct page *page, struct vm_area_struct *vma, unsigned long start,
		  unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_after_loop(struct page *page, struct vm_area_struct *vma, unsigned long start,
		    unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw))
		ptep_clear_flush(vma, pvmw.address, pvmw.pte);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void good_break_holds(struct page *page, struct vm_area_struct *vma,
		      unsigned long start, unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		if (pte_dirty(*pvmw.pte)) {
			mmu_notifier_invalidate_range(vma->vm_mm, start, end);
			page_vma_mapped_walk_done(&pvmw);
			break;
		}
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_after_done(struct page *page, struct vm_area_struct *vma, unsigned long start,
		    unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		if (pte_dirty(*pvmw.pte)) {
			page_vma_mapped_walk_done(&pvmw);
			mmu_notifier_invalidate_range(vma->vm_mm, start, end); /* warn(range-unlocked:unlocked-after) */
			break;
		}
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void good_first_only(struct page *page, struct vm_area_struct *vma, unsigned long start,
		     unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	if (page_vma_mapped_walk(&pvmw)) {
		mmu_notifier_invalidate_range(vma->vm_mm, start, end);
		page_vma_mapped_walk_done(&pvmw);
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}
