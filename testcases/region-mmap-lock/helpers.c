/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - is a helper that takes or drops the mmap lock, or touches user memory, checked in each
 * call of it, and only inside the region?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"
#include "uaccess.h"

void zap(struct vm_area_struct *vma);

static __attribute__((noinline)) void again(struct mm_struct *mm)
{
	mmap_read_unlock(mm); /* warn(region-mmap-lock:mmap-lock-dropped) */
	cond_resched();
	mmap_read_lock(mm);
}

void bad_again(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	again(vma->vm_mm);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}

void good_again(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_read_lock(vma->vm_mm);
	again(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	again(vma->vm_mm);
	mmap_read_unlock(vma->vm_mm);
}

static __attribute__((noinline)) int tell(unsigned long *user, unsigned long value)
{
	return copy_to_user(user, &value, sizeof(value)) ? -EFAULT : 0; /* warn(region-mmap-lock:user-memory) */
}

static __attribute__((noinline)) int tell_all(struct vm_area_struct *vma, unsigned long *user)
{
	return tell(user, vma->vm_start) ? -EFAULT : tell(user + 1, vma->vm_end);
}

int bad_tell(struct vm_area_struct *vma, unsigned long *user)
{
	struct mmu_notifier_range range;
	int err;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	err = tell_all(vma, user);
	mmu_notifier_invalidate_range_end(&range);
	return err;
}

int good_tell(struct vm_area_struct *vma, unsigned long *user)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	return tell_all(vma, user);
}

void finishes(struct mmu_notifier_range *range);

void good_ended_elsewhere(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	finishes(&range);
	mmap_read_unlock(vma->vm_mm);
}
