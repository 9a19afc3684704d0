/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * users.c - is a region judged by what the helpers of another file do with it?
 */
#include "helpers.h"

void good_finished_there(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	range_finish(&range);
}

void bad_finished_twice(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	range_finish(&range);
	mmu_notifier_invalidate_range_end(&range); /* warn(region-balance:ended-twice)[link] */
}

void bad_left_open(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	range_size(&range);
} /* warn(region-balance:open-at-return)[link] */

void bad_no_setup(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_size(&range);
	mmu_notifier_invalidate_range_start(&range); /* warn(region-uninit:range-uninit)[link] */
	mmu_notifier_invalidate_range_end(&range);
}

void bad_try_ignored(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	range_try(&range);
	mmu_notifier_invalidate_range_end(&range); /* warn(start-ignored:failed-ended)[link] */
}

void good_try_asked(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	if (range_try(&range))
		return;
	mmu_notifier_invalidate_range_end(&range);
}

void bad_ptl_dropped(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	ptl_drop(ptl);
	mmu_notifier_invalidate_range(range.mm, range.start, range.end); /* warn(range-unlocked:unlocked-after)[link] */
	mmu_notifier_invalidate_range_end(&range);
}

void good_ptl_looked_at(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	range_setup(&range, vma);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	ptl_look(ptl);
	mmu_notifier_invalidate_range(range.mm, range.start, range.end);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void bad_clears(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	mmap_read_lock(mm);
	clear_entry(mm, pmd, addr);
	mmap_read_unlock(mm);
}

void good_clears(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	clear_in_region(vma->vm_mm, pmd, addr);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}

void bad_breaks_lock(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	break_lock(vma->vm_mm);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}

void good_lock_before(struct vm_area_struct *vma)
{
	struct mmu_notifier_range range;

	range_setup(&range, vma);
	keep_lock(vma->vm_mm);
	mmap_read_lock(vma->vm_mm);
	mmu_notifier_invalidate_range_start(&range);
	zap(vma);
	mmu_notifier_invalidate_range_end(&range);
	mmap_read_unlock(vma->vm_mm);
}
