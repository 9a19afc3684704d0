/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message name the range that has no values?
 */
/* the compiler's own warning about the same mistake is not what is tested */
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include "era-d2/mmu_notifier.h"

void bad_no_init(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit): 'range' is not initialised when 'mmu_notifier_invalidate_range_start()' starts its region */ /* note: fix: initialise 'range' before this call, on each path that leads here; */
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
}

void good_init(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	flush_tlb_range(vma, vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_end(&range);
}
