/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nested-pairs.c - are nested and overlapping pairs of different ranges fine?
 */
#include "era-d2/mmu_notifier.h"

void good_nested(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range outer, inner;

	mmu_notifier_range_init(&outer, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_range_init(&inner, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&outer);
	mmu_notifier_invalidate_range_start(&inner);
	mmu_notifier_invalidate_range_end(&inner);
	mmu_notifier_invalidate_range_end(&outer);
}

void good_two_mms(struct vm_area_struct *a, struct vm_area_struct *b)
{
	struct mmu_notifier_range range_a, range_b;

	mmu_notifier_range_init(&range_a, MMU_NOTIFY_CLEAR, 0, a, a->vm_mm,
				a->vm_start, a->vm_end);
	mmu_notifier_range_init(&range_b, MMU_NOTIFY_CLEAR, 0, b, b->vm_mm,
				b->vm_start, b->vm_end);
	mmu_notifier_invalidate_range_start(&range_a);
	mmu_notifier_invalidate_range_start(&range_b);
	mmu_notifier_invalidate_range_end(&range_a);
	mmu_notifier_invalidate_range_end(&range_b);
}

int bad_inner_left_open(struct vm_area_struct *vma, unsigned long addr)
{
	struct mmu_notifier_range outer, inner;

	mmu_notifier_range_init(&outer, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_range_init(&inner, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&outer);
	mmu_notifier_invalidate_range_start(&inner);
	mmu_notifier_invalidate_range_end(&outer);
	return 0; /* warn(region-balance:open-at-return) */
}
