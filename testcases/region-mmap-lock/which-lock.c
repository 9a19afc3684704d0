/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * which-lock.c - is only the mmap lock of the region's mm meant, and only a call that waits for
 * it or drops it?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void zap(struct vm_area_struct *vma);
void copy_pages(struct mm_struct *to, struct mm_struct *from);

void bad_tried(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
				vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	mmap_read_lock(mm); /* warn(region-mmap-lock:mmap-lock-taken) */
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(mm);
}

void good_tried(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;
	bool locked;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
				vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	locked = mmap_read_trylock(mm);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	if (locked)
		mmap_read_unlock(mm);
}

void good_tried_and_dropped(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
				vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (mmap_read_trylock(mm)) {
		zap(vma);
		mmap_read_unlock(mm);
	}
	mmu_notifier_invalidate_range_end(&range);
}

void bad_dropped_twice(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
				vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	if (mmap_read_trylock(mm)) {
		zap(vma);
		mmap_read_unlock(mm);
	}
	mmap_read_unlock(mm); /* warn(region-mmap-lock:mmap-lock-dropped) */
	mmu_notifier_invalidate_range_end(&range);
}

void good_downgraded(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
				vma->vm_end);
	mmap_write_lock(mm);
	mmu_notifier_invalidate_range_start(&range);
	mmap_write_downgrade(mm);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(mm);
}

void bad_own_mm(struct mm_struct *to, struct mm_struct *from)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, from, 0, ~0UL);
	mmu_notifier_invalidate_range_start(&range);
	mmap_write_lock(from); /* warn(region-mmap-lock:mmap-lock-taken) */
	copy_pages(to, from);
	mmap_write_unlock(from);
	mmu_notifier_invalidate_range_end(&range);
}

void good_other_mm(struct mm_struct *to, struct mm_struct *from)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_PROTECTION_PAGE, 0, NULL, from, 0, ~0UL);
	mmu_notifier_invalidate_range_start(&range);
	mmap_write_lock(to);
	copy_pages(to, from);
	mmap_write_unlock(to);
	mmu_notifier_invalidate_range_end(&range);
}

void good_other_semaphore(struct address_space *mapping, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(&range);
	down_write(&mapping->i_mmap_rwsem);
	zap(vma);
	up_write(&mapping->i_mmap_rwsem);
	mmu_notifier_invalidate_range_end(&range);
}

void good_two_regions(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	for (; vma; vma = vma->vm_next) {
		mmap_read_lock(mm);
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
					vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
		zap(vma);
		mmu_notifier_invalidate_range_end(&range);
		mmap_read_unlock(mm);
	}
}

int bad_region_left_behind(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	for (; vma; vma = vma->vm_next) {
		mmap_read_lock(mm);
		mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, mm, vma->vm_start,
					vma->vm_end);
		mmu_notifier_invalidate_range_start(&range);
		if (!(vma->vm_flags & VM_SHARED)) {
			mmap_read_unlock(mm); /* warn(region-mmap-lock:mmap-lock-dropped) */
			mmu_notifier_invalidate_range_end(&range);
			return -EINVAL;
		}
		zap(vma);
		mmu_notifier_invalidate_range_end(&range);
		mmap_read_unlock(mm);
	}
	return 0;
}

int bad_registers(struct mmu_notifier *mn, struct mm_struct *mm,
		  struct mmu_notifier_range *range)
{
	int err;

	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, NULL, mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
	err = mmu_notifier_register(mn, mm); /* warn(region-mmap-lock:mmap-lock-taken) */
	mmu_notifier_invalidate_range_end(range);
	return err;
}

static void remap_kernel(struct mm_struct *mm)
{
	mmap_write_lock(mm);
	mmap_write_unlock(mm);
}

/* no process has init_mm, whatever the mm of the region is */
void good_of_the_kernel(struct vm_area_struct **vmas, int n)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vmas[n], vmas[n]->vm_mm, 0, PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	remap_kernel(&init_mm);
	mmu_notifier_invalidate_range_end(&range);
}
