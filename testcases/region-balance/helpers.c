/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - are pairs balanced whose halves lie in helpers, one and two levels
 * down?
 */
#include "era-d2/mmu_notifier.h"

static void start_region(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range);
}

static void start_outer(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	start_region(range, vma);
}

static void finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

static void finish_outer(struct mmu_notifier_range *range)
{
	finish(range);
}

void good_helper_starts(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_region(&range, vma);
	mmu_notifier_invalidate_range_end(&range);
}

void good_helper_ends(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	finish_outer(&range);
}

void good_two_levels(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_outer(&range, vma);
	finish_outer(&range);
}

int bad_helper_starts(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_region(&range, vma);
	if (!vma->vm_next)
		return -EINVAL; /* warn(region-balance:open-at-return) */
	finish(&range);
	return 0;
}

int bad_two_levels(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	start_outer(&range, vma);
	if (!vma->vm_next)
		return -EINVAL; /* warn(region-balance:open-at-return) */
	finish_outer(&range);
	return 0;
}
