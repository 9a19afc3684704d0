/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * goto-switch.c - is a jump over the init found, and a case without one?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void bad_goto(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	if (vma->vm_next)
		goto start;
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
start:
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_goto(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	if (vma->vm_next)
		goto start;
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
start:
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_switch(struct vm_area_struct *vma, unsigned long addr, int level)
{
	struct mmu_notifier_range range;

	switch (level) {
	case 1:
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PAGE_SIZE);
		break;
	case 2:
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PMD_SIZE);
		break;
	}
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_switch(struct vm_area_struct *vma, unsigned long addr, int level)
{
	struct mmu_notifier_range range;

	switch (level) {
	case 1:
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PAGE_SIZE);
		break;
	default:
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
					addr, addr + PMD_SIZE);
		break;
	}
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}
