/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-result.c - does the result of a helper say whether the region is open?
 */
#include "era-d2/mmu_notifier.h"

static int start_unless_empty(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	if (vma->vm_start == vma->vm_end)
		return -EINVAL;
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range);
	return 0;
}

int good_checked(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	int ret;

	ret = start_unless_empty(&range, vma);
	if (ret)
		return ret;
	mmu_notifier_invalidate_range_end(&range);
	return 0;
}

int bad_upside_down(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	if (!start_unless_empty(&range, vma))
		return -EINVAL; /* warn(region-balance:open-at-return) */
	return 0;
}

int good_one_line(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	if (!start_unless_empty(&range, vma))
		mmu_notifier_invalidate_range_end(&range);
	return 0;
}
