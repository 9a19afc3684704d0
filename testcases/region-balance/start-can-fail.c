/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start-can-fail.c - is a start that failed no region, and one that did not a
 * region to end?
 */
#include "era-d2/mmu_notifier.h"

bool good_failed_start(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (mmu_notifier_invalidate_range_start_nonblock(&range))
		return false;
	flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range);
	return true;
}

bool bad_started_and_left(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (!mmu_notifier_invalidate_range_start_nonblock(&range))
		return false; /* warn(region-balance:open-at-return) */
	return true;
}

bool good_loop_of_areas(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	bool ret = true;

	for (; vma; vma = vma->vm_next) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		if (mmu_notifier_invalidate_range_start_nonblock(&range)) {
			ret = false;
			continue;
		}
		flush_tlb_range(vma, range.start, range.end);
		mmu_notifier_invalidate_range_end(&range);
	}
	return ret;
}

int good_result_below_zero(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	int err;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	err = mmu_notifier_invalidate_range_start_nonblock(&range);
	if (err < 0)
		return err;
	flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_result_above_zero(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	int err;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	err = mmu_notifier_invalidate_range_start_nonblock(&range);
	if (err > 0)
		return err;
	flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&range); /* warn(start-ignored:failed-ended) */
	return 0;
}
