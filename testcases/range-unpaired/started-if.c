/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * started-if.c - where the pair depends on a condition, is invalidate_range() judged
 * on the path without it?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

bool bad_started_if(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		  void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	if (arg)
		mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	while (page_vma_mapped_walk(&pvmw))
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	if (arg)
		mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	return true;
}

bool good_started_if(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		   void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };

	if (arg)
		mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	while (page_vma_mapped_walk(&pvmw)) {
		if (arg)
			mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	}
	if (arg)
		mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	return true;
}

bool good_predicate_twice(struct page *page, struct vm_area_struct *vma,
			  unsigned long addr, void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	unsigned long flags = vma->vm_flags;

	if (is_cow_mapping(flags))
		mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	while (page_vma_mapped_walk(&pvmw)) {
		if (is_cow_mapping(flags))
			mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
	}
	if (is_cow_mapping(flags))
		mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
	return true;
}

void walk_all(struct page *page)
{
	struct rmap_walk_control bad = { .rmap_one = bad_started_if };
	struct rmap_walk_control good = { .rmap_one = good_started_if };
	struct rmap_walk_control twice = { .rmap_one = good_predicate_twice };

	rmap_walk(page, &bad);
	rmap_walk(page, &good);
	rmap_walk(page, &twice);
}
