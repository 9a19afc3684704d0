/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * empty-range.c - is a return for an empty range found where
 * the region was started before the check?
 */
#include "era-d2/mmu_notifier.h"

void unshare(struct vm_area_struct *vma, unsigned long start, unsigned long end);

int bad_asked_too_late(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	if (start >= end)
		return 0; /* warn(region-balance:open-at-return) */
	unshare(vma, start, end);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

void good_asked_before(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	if (start >= end)
		return;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	unshare(vma, start, end);
	mmu_notifier_invalidate_range_end(&range);
}

void good_asked_again(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mmu_notifier_range range;

	if (start < end) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, start,
					end);
		mmu_notifier_invalidate_range_start(&range);
	}
	unshare(vma, start, end);
	if (start < end)
		mmu_notifier_invalidate_range_end(&range);
}
