/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * goto-out.c - are labels in the right order told from labels in the wrong one?
 */
#include "era-d2/mmu_notifier.h"

int good_labels(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	struct page *page;
	int ret = -ENOMEM;

	page = alloc_page(GFP_KERNEL);
	if (!page)
		goto out;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (READ_ONCE(page->flags)) {
		ret = -EBUSY;
		goto out_end;
	}
	ret = 0;
out_end:
	mmu_notifier_invalidate_range_end(&range);
	put_page(page);
out:
	return ret;
}

int bad_jumps_too_far(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	struct page *page;
	int ret = -ENOMEM;

	page = alloc_page(GFP_KERNEL);
	if (!page)
		goto out;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (READ_ONCE(page->flags)) {
		ret = -EBUSY;
		goto out; /* warn(region-balance:open-at-return) */
	}
	ret = 0;
	mmu_notifier_invalidate_range_end(&range);
	put_page(page);
out:
	return ret;
}

int bad_ends_before_label(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;
	int ret = 0;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (READ_ONCE(vma->vm_flags)) {
		mmu_notifier_invalidate_range_end(&range);
		ret = -EBUSY;
		goto out_end;
	}
	flush_tlb_page(vma, addr);
out_end:
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:ended-twice) */
	return ret;
}
