/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - does an init before or inside a loop hold for its turns?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void good_once_before(struct vm_area_struct *vma, int n)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	do {
		mmu_notifier_invalidate_range_start(&range);
		mmu_notifier_invalidate_range_end(&range);
	} while (--n);
}

void good_each_turn(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	for (; vma; vma = vma->vm_next) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
		mmu_notifier_invalidate_range_end(&range);
	}
}

void bad_at_end_of_turn(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	for (; vma; vma = vma->vm_next) {
		mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
		mmu_notifier_invalidate_range_end(&range);
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
	}
}

void good_zero_means_not_started(struct vm_area_struct *vma, pmd_t *pmd, int n)
{
	struct mmu_notifier_range range;

	range.start = 0;
	for (; n; n--, pmd++) {
		if (pmd_none(*pmd))
			continue;
		if (!range.start) {
			mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma,
						vma->vm_mm, vma->vm_start | 1,
						vma->vm_end);
			mmu_notifier_invalidate_range_start(&range);
		}
		flush_tlb_range(vma, range.start, range.end);
	}
	if (range.start)
		mmu_notifier_invalidate_range_end(&range);
}
