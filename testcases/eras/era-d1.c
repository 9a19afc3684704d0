/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * era-d1.c - are the signatures of Linux 4.13 to 4.20 known, also those of 4.15 and
 * 4.19?
 */
#include "era-d1/mmu_notifier.h"

void good_only_end(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	spinlock_t *ptl;

	haddr &= HPAGE_PMD_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush_notify(vma, haddr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_only_end(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
}

bool good_nonblock(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	spin_lock(&mm->page_table_lock);
	if (mmu_notifier_invalidate_range_start_nonblock(mm, start, end)) {
		spin_unlock(&mm->page_table_lock);
		return false;
	}
	spin_unlock(&mm->page_table_lock);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return true;
}

bool bad_nonblock(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	if (mmu_notifier_invalidate_range_start_nonblock(mm, start, end))
		return false;
	if (start == end)
		return false; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return true;
}

void bad_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range(mm, start, end); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_only_end(mm, start, end);
}
