/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nested-locks.c - are two locks kept apart that may be the same one?
 */
#include "era-d1/mmu_notifier.h"

void good_both_held(struct mm_struct *src_mm, struct mm_struct *dst_mm, pmd_t *src_pmd,
		    pmd_t *dst_pmd, unsigned long start, unsigned long end)
{
	spinlock_t *src_ptl, *dst_ptl;

	mmu_notifier_invalidate_range_start(src_mm, start, end);
	dst_ptl = pmd_lock(dst_mm, dst_pmd);
	src_ptl = pmd_lockptr(src_mm, src_pmd);
	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	mmu_notifier_invalidate_range(src_mm, start, end);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range_end(src_mm, start, end);
}

void good_one_still_held(struct mm_struct *src_mm, struct mm_struct *dst_mm,
			 pmd_t *src_pmd, pmd_t *dst_pmd, unsigned long start,
			 unsigned long end)
{
	spinlock_t *src_ptl, *dst_ptl;

	mmu_notifier_invalidate_range_start(src_mm, start, end);
	dst_ptl = pmd_lock(dst_mm, dst_pmd);
	src_ptl = pmd_lockptr(src_mm, src_pmd);
	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	mmu_notifier_invalidate_range(src_mm, start, end);
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range_end(src_mm, start, end);
}

void bad_both_dropped(struct mm_struct *src_mm, struct mm_struct *dst_mm,
		      pmd_t *src_pmd, pmd_t *dst_pmd, unsigned long start,
		      unsigned long end)
{
	spinlock_t *src_ptl, *dst_ptl;

	mmu_notifier_invalidate_range_start(src_mm, start, end);
	dst_ptl = pmd_lock(dst_mm, dst_pmd);
	src_ptl = pmd_lockptr(src_mm, src_pmd);
	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range(src_mm, start, end); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(src_mm, start, end);
}
