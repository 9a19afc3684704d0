/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say what is done inside the region, and does the path show its start?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "uaccess.h"

void zap(struct vm_area_struct *vma);

void bad_taken(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range); /* note: region 'range' starts here */
	mmap_read_lock(vma->vm_mm); /* warn(region-mmap-lock): 'mmap_read_lock()' takes the mmap lock inside region 'range' */ /* note: fix: take the mmap lock before region 'range' starts at line 17, or after its end; */
	zap(vma);
	mmap_read_unlock(vma->vm_mm);
	mmu_notifier_invalidate_range_end(&range);
}

void good_taken(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}

void bad_dropped(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_write_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range); /* note: region 'range' starts here */
	zap(vma);
	mmap_write_unlock(vma->vm_mm); /* warn(region-mmap-lock): 'mmap_write_unlock()' drops the mmap lock inside region 'range' */ /* note: fix: keep the mmap lock until region 'range' has ended; */
	mmu_notifier_invalidate_range_end(&range);
}

void good_dropped(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_write_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_write_unlock(vma->vm_mm);
}

int bad_user_memory(struct vm_area_struct *vma, unsigned long *user)
{
	struct mmu_notifier_range range;
	unsigned long left;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range); /* note: region 'range' starts here */
	zap(vma);
	left = copy_to_user(user, &vma->vm_start, sizeof(*user)); /* warn(region-mmap-lock): 'copy_to_user()' touches user memory inside region 'range' */ /* note: fix: copy before region 'range' starts at line 70 or after its end, through a buffer in between; */
	mmu_notifier_invalidate_range_end(&range);
	return left ? -EFAULT : 0;
}

int good_user_memory(struct vm_area_struct *vma, unsigned long *user)
{
	struct mmu_notifier_range range;
	unsigned long left;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	left = copy_to_user(user, &vma->vm_start, sizeof(*user));
	return left ? -EFAULT : 0;
}
