/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * oom_kill.c - the memory of a victim is taken away without blocking.
 */
#include "linux/mmu_notifier.h"

void take_away(struct vm_area_struct *vma);

bool __oom_reap_task_mm(struct mm_struct *mm, struct vm_area_struct *first)
{
	struct mmu_notifier_range range;
	struct vm_area_struct *vma;
	bool all = true;

	for (vma = first; vma; vma = vma->vm_next) {
		mmu_notifier_range_init(&range, MMU_NOTIFY_UNMAP, 0, vma, mm, vma->vm_start,
					vma->vm_end);
		if (mmu_notifier_invalidate_range_start_nonblock(&range)) {
			all = false;
			continue;
		}
		take_away(vma);
		mmu_notifier_invalidate_range_end(&range);
	}
	return all;
}
