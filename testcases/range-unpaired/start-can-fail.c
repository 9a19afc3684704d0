/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start-can-fail.c - is the region open only where start_nonblock() returned 0?
 */
#include "era-d2/mmu_notifier.h"
#include "rmap.h"

bool good_checked(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		  void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return false;
	while (page_vma_mapped_walk(&pvmw))
		mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

bool bad_goes_on(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		 void *arg)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = addr };
	struct mmu_notifier_range range;
	int failed;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	failed = mmu_notifier_invalidate_range_start_nonblock(&range);
	while (page_vma_mapped_walk(&pvmw))
		mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end); /* warn(range-unpaired:unpaired) */
	if (!failed)
		mmu_notifier_invalidate_range_end(&range);
	return true;
}

void walk_both(struct page *page)
{
	struct rmap_walk_control good = { .rmap_one = good_checked };
	struct rmap_walk_control bad = { .rmap_one = bad_goes_on };

	rmap_walk(page, &good);
	rmap_walk(page, &bad);
}
