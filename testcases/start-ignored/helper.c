/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper.c - is the failure of a start followed through a helper that returns it?
 */
#include "era-d2/mmu_notifier.h"

static int start_region(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	return mmu_notifier_invalidate_range_start_nonblock(range);
}

int good_helper_tested(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	int err = start_region(&range, vma);

	if (err)
		return err;
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

void bad_helper_ignored(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_region(&range, vma);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range); /* warn(start-ignored:failed-ended) */
}

static bool started(struct mmu_notifier_range *range)
{
	return mmu_notifier_invalidate_range_start_nonblock(range) == 0;
}

void good_inverted(struct mmu_notifier_range *range)
{
	if (started(range))
		mmu_notifier_invalidate_range_end(range);
}

void bad_inverted(struct mmu_notifier_range *range)
{
	if (started(range))
		return; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(range); /* warn(start-ignored:failed-ended) */
}
