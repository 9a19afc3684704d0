/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-range.c - is the end of another range object found?
 */
#include "era-d2/mmu_notifier.h"

void bad_other_object(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range, other;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_range_init(&other, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, range.start, range.end);
	mmu_notifier_invalidate_range_end(&other); /* warn(region-mismatch:other-structure) */
}

void good_same_object(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range range, other;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_range_init(&other, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, other.start, other.end);
	mmu_notifier_invalidate_range_end(&range);
}

void good_by_pointer(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range, *p = &range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(p);
	mmu_notifier_invalidate_range_end(&range);
}
