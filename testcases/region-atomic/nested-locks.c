/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nested-locks.c - is sleeping allowed only when the last of several locks is
 * dropped?
 */
#include "era-d1/mmu_notifier.h"

void bad_outer_still_held(struct mm_struct *mm, pmd_t *src_pmd, pmd_t *dst_pmd,
			  unsigned long start, unsigned long end)
{
	spinlock_t *dst_ptl = pmd_lock(mm, dst_pmd);
	spinlock_t *src_ptl = pmd_lockptr(mm, src_pmd);

	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic) */
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_both_dropped(struct mm_struct *mm, pmd_t *src_pmd, pmd_t *dst_pmd,
		       unsigned long start, unsigned long end)
{
	spinlock_t *dst_ptl = pmd_lock(mm, dst_pmd);
	spinlock_t *src_ptl = pmd_lockptr(mm, src_pmd);

	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
