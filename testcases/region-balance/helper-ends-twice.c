/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-ends-twice.c - is a second end found that lies in a helper?
 */
#include "era-d2/mmu_notifier.h"

static void bad_finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range); /* warn(region-balance:ended-twice) */
}

void call_after_end(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	bad_finish(&range);
}

static void good_finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

void good_ends_in_helper(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	good_finish(&range);
}
