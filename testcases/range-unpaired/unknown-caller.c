/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unknown-caller.c - is a function left alone whose callers are not known, unless it
 * starts regions itself or takes the mmap lock?
 */
#include "era-d2/mmu_notifier.h"

void good_takes_the_ptl(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);

	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
}

/* sleeping is allowed inside a region */
void good_sleeps(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	cond_resched();
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
}

void bad_takes_the_mmap_lock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	down_read(&mm->mmap_lock);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	spin_unlock(ptl);
	up_read(&mm->mmap_lock);
}

void bad_starts_on_one_way(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, bool all)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	if (all)
		mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(range-unpaired:unpaired) */
	spin_unlock(ptl);
	if (all)
		mmu_notifier_invalidate_range_end(&range);
}
