/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - is a region followed that one helper starts and another ends, one
 * and two levels down?
 */
#include "era-d2/mmu_notifier.h"

static void start_region(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
	mmu_notifier_invalidate_range_start(range);
}

static void start_outer(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	start_region(range, vma);
}

static void finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

static void finish_outer(struct mmu_notifier_range *range)
{
	finish(range);
}

void good_between(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	start_region(&range, vma);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	spin_unlock(ptl);
	finish(&range);
}

void good_between_two_levels(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	start_outer(&range, vma);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end);
	spin_unlock(ptl);
	finish_outer(&range);
}

void bad_after_helper(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	start_region(&range, vma);
	finish(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}

void bad_after_two_levels(struct vm_area_struct *vma, pmd_t *pmd)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	start_outer(&range, vma);
	finish_outer(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, range.start, range.end); /* warn(range-unpaired:unpaired-after) */
	spin_unlock(ptl);
}
