/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reaper.c - does a loop over areas terminate that skips some
 * of them and in which each start may fail?
 */
#include "era-d2/mmu_notifier.h"

#define VM_LEFT_OUT	0x10

struct mmu_gather;

void reap_start(struct mmu_gather *tlb, unsigned long start, unsigned long end);
void reap_end(struct mmu_gather *tlb, unsigned long start, unsigned long end);
void unmap_page_range(struct mmu_gather *tlb, struct vm_area_struct *vma,
		      unsigned long addr, unsigned long end, void *details);

bool good_reaper(struct vm_area_struct *vma, struct mmu_gather *tlb)
{
	bool ret = true;

	for (; vma; vma = vma->vm_next) {
		if (vma->vm_flags & VM_LEFT_OUT)
			continue;
		if (!(vma->vm_flags & VM_SHARED)) {
			struct mmu_notifier_range range;

			mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma,
						vma->vm_mm, vma->vm_start, vma->vm_end);
			reap_start(tlb, range.start, range.end);
			if (mmu_notifier_invalidate_range_start_nonblock(&range)) {
				reap_end(tlb, range.start, range.end);
				ret = false;
				continue;
			}
			unmap_page_range(tlb, vma, range.start, range.end, NULL);
			mmu_notifier_invalidate_range_end(&range);
			reap_end(tlb, range.start, range.end);
		}
	}
	return ret;
}

bool bad_reaper(struct vm_area_struct *vma, struct mmu_gather *tlb)
{
	bool ret = true;

	for (; vma; vma = vma->vm_next) {
		if (vma->vm_flags & VM_LEFT_OUT)
			continue;
		if (!(vma->vm_flags & VM_SHARED)) {
			struct mmu_notifier_range range;
			bool told = true;

			mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma,
						vma->vm_mm, vma->vm_start, vma->vm_end);
			reap_start(tlb, range.start, range.end);
			if (mmu_notifier_invalidate_range_start_nonblock(&range))
				told = ret = false;
			unmap_page_range(tlb, vma, range.start, range.end, NULL); /* warn(start-ignored:failed-changed) */
			if (told)
				mmu_notifier_invalidate_range_end(&range);
			reap_end(tlb, range.start, range.end);
		}
	}
	return ret;
}
