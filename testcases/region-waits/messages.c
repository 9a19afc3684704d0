/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message name the call that waits, and the region that it is inside of?
 */
#include "era-d2/mmu_notifier.h"

void zap(struct vm_area_struct *vma);

unsigned long bad_reads(struct vm_area_struct *vma, struct mmu_interval_notifier *mni)
{
	struct mmu_notifier_range range;
	unsigned long seq;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range); /* note: region 'range' starts here */
	seq = mmu_interval_read_begin(mni); /* warn(region-waits): 'mmu_interval_read_begin()' waits for the end of region 'range', inside it */ /* note: fix: call it before region 'range' starts at line 16, or after its end; */
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	return seq;
}

unsigned long good_reads(struct vm_area_struct *vma, struct mmu_interval_notifier *mni)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	return mmu_interval_read_begin(mni);
}
