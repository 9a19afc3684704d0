/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * double-end.c - is a second end found, and a second pair not?
 */
#include "era-d2/mmu_notifier.h"

void bad_twice(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	flush_tlb_page(vma, addr);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:ended-twice) */
}

void bad_only_end_then_end(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_only_end(&range);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:ended-twice) */
}

void good_second_pair(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_one_or_the_other(struct vm_area_struct *vma, unsigned long addr, bool told)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	if (told)
		mmu_notifier_invalidate_range_only_end(&range);
	else
		mmu_notifier_invalidate_range_end(&range);
}
