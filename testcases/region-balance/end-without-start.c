/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * end-without-start.c - is an end found on the path that did not start, where a
 * sibling path did?
 */
#include "era-d2/mmu_notifier.h"
#include "rmap.h"

void bad_started_on_one_path(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (cow)
		mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:end-without-start) */
}

void good_both_under_condition(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (cow)
		mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, range.start, range.end);
	if (cow)
		mmu_notifier_invalidate_range_end(&range);
}

bool bad_callback_ends(struct page *page, struct vm_area_struct *vma, unsigned long addr,
		       void *arg)
{
	mmu_notifier_invalidate_range_end(arg); /* warn(region-balance:end-without-start) */
	return true;
}

bool good_callback_pairs(struct page *page, struct vm_area_struct *vma,
			 unsigned long addr, void *arg)
{
	mmu_notifier_invalidate_range_start(arg);
	mmu_notifier_invalidate_range_end(arg);
	return true;
}

void good_caller_started(struct mmu_notifier_range *range)
{
	flush_tlb_range(NULL, range->start, range->end);
	mmu_notifier_invalidate_range_end(range);
}

void walk_both(struct page *page)
{
	struct rmap_walk_control bad = { .rmap_one = bad_callback_ends };
	struct rmap_walk_control good = { .rmap_one = good_callback_pairs };

	rmap_walk(page, &bad);
	rmap_walk(page, &good);
}
