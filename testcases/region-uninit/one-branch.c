/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is an init on one of two branches told from
 * one on both, in either order?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void bad_then_way_1(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (cow)
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
	else
		cond_resched();
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_else_way_2(struct vm_area_struct *vma, bool cow)
{
	struct mmu_notifier_range range;

	if (!cow)
		cond_resched();
	else
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_both_way_1(struct vm_area_struct *vma, unsigned long addr, bool huge)
{
	struct mmu_notifier_range range;

	if (huge)
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr & PMD_MASK, (addr & PMD_MASK) + PMD_SIZE);
	else
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void good_both_way_2(struct vm_area_struct *vma, unsigned long addr, bool huge)
{
	struct mmu_notifier_range range;

	if (!huge)
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PAGE_SIZE);
	else
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr & PMD_MASK, (addr & PMD_MASK) + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}
