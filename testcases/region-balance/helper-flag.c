/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-flag.c - does NULL or a flag decide whether a helper starts or ends?
 */
#include "era-d2/mmu_notifier.h"

static void start_if(struct mmu_notifier_range *range, bool notify)
{
	if (notify)
		mmu_notifier_invalidate_range_start(range);
}

static void end_if_given(struct mmu_notifier_range *range)
{
	if (range)
		mmu_notifier_invalidate_range_end(range);
}

void good_same_flag(struct vm_area_struct *vma, bool notify)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	start_if(&range, notify);
	end_if_given(notify ? &range : NULL);
}

void good_not_started(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	start_if(&range, false);
	end_if_given(NULL);
}

void bad_ended_with_null(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	start_if(&range, true);
	end_if_given(NULL);
} /* warn(region-balance:open-at-return) */

void good_started_with_true(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	start_if(&range, true);
	end_if_given(&range);
}
