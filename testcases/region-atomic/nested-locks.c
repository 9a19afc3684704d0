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
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-atomic:atomic-lock) */
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

struct super {
	struct hstate *hstate;
};

struct inode_of {
	struct super *super;
};

struct file_of {
	struct inode_of *inode;
};

struct area_of {
	struct file_of *file;
	struct mm_struct *mm;
};

static struct hstate *hstate_of(struct area_of *area)
{
	return area->file->inode->super->hstate;
}

/* both locks are found by a long way, and are compared twice */
void good_found_a_long_way(struct area_of *area, pte_t *src, pte_t *dst, unsigned long start,
			   unsigned long end)
{
	struct mm_struct *mm = area->mm;
	spinlock_t *dst_ptl = huge_pte_lock(hstate_of(area), mm, dst);
	spinlock_t *src_ptl = huge_pte_lockptr(hstate_of(area), mm, src);

	if (src_ptl != dst_ptl)
		spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);
	if (src_ptl != dst_ptl)
		spin_unlock(src_ptl);
	spin_unlock(dst_ptl);
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}
