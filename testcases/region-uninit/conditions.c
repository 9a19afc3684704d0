/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conditions.c - is an init under the same condition as the start an init?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void good_same_flag(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (cow)
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (cow) {
		mmu_notifier_invalidate_range_start(&range);
		mmu_notifier_invalidate_range_end(&range);
	}
}

void bad_negated_flag(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (!cow)
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (cow) {
		mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
		mmu_notifier_invalidate_range_end(&range);
	}
}

void good_predicate_twice(struct vm_area_struct *vma, unsigned long vm_flags)
{
	struct mmu_notifier_range range;

	if (is_cow_mapping(vm_flags)) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
	}
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	if (is_cow_mapping(vm_flags))
		mmu_notifier_invalidate_range_end(&range);
}

void good_early_return(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (!cow)
		return;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}
