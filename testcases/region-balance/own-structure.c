/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * own-structure.c - is a region in the function's own structure
 * reported at its own return, since no caller can end it?
 */
#include "era-d2/mmu_notifier.h"

int bad_open_on_success(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	if (vma->vm_start == vma->vm_end)
		return -EINVAL;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	return 0; /* warn(region-balance): region 'range' is still open at this return */
}

int caller_of_success(struct vm_area_struct *vma)
{
	return bad_open_on_success(vma);
}

void bad_always_open(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
} /* warn(region-balance): region 'range' is still open at this return */

void caller_in_a_loop(struct vm_area_struct *vma, unsigned int count)
{
	while (count--)
		bad_always_open(vma);
}

int bad_open_if_asked(struct vm_area_struct *vma, bool leave)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (leave)
		return 0; /* warn(region-balance): region 'range' is still open at this return */
	mmu_notifier_invalidate_range_end(&range);
	return 1;
}

int good_caller_never_asks(struct vm_area_struct *vma)
{
	return bad_open_if_asked(vma, false);
}

int caller_asks(struct vm_area_struct *vma)
{
	return bad_open_if_asked(vma, true);
}

static void start_callers(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range);
}

void good_callers_structure(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_callers(&range, vma);
	mmu_notifier_invalidate_range_end(&range);
}
