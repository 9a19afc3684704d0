/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - is an init in a helper seen, two levels down, on a condition, or for
 * another range?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

static void init_range(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
}

static void init_outer(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	init_range(range, vma);
}

static void init_if(struct mmu_notifier_range *range, struct vm_area_struct *vma, bool now)
{
	if (now)
		init_range(range, vma);
}

static void start_range(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
}

static void bad_start_range(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-uninit:range-uninit) */
}

void good_two_levels(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	init_outer(&range, vma);
	start_range(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_flag_set(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	init_if(&range, vma, true);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_flag_not_set(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	init_if(&range, vma, false);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_other_range(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range, other;

	init_range(&other, vma);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
	flush_tlb_range(vma, other.start, other.end);
}

void start_in_helper(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	bad_start_range(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
}
