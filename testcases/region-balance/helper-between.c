/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-between.c - are regions without a structure, open around a call of
 * a helper, kept apart after it, and used where the helper changes entries?
 */
#include "era-d1/mmu_notifier.h"
#include "mm.h"

static __attribute__((noinline)) void lock_and_unlock(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pte_lockptr(mm, pmd);

	spin_lock(ptl);
	spin_unlock(ptl);
}

static __attribute__((noinline)) void clear(struct vm_area_struct *vma, unsigned long addr,
					    pmd_t *pmd)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	pmdp_huge_clear_flush(vma, addr, pmd);
	spin_unlock(ptl);
}

void good_two_regions(struct mm_struct *mm, struct mm_struct *other, pmd_t *pmd,
		      unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_start(other, start, end);
	lock_and_unlock(mm, pmd);
	mmu_notifier_invalidate_range_end(other, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_two_regions(struct mm_struct *mm, struct mm_struct *other, pmd_t *pmd,
		     unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_start(other, start, end);
	lock_and_unlock(mm, pmd);
	mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

int bad_changes_inside(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PMD_SIZE);
	clear(vma, addr, pmd);
	return 0; /* warn(region-balance:open-at-return) */
}

int good_changes_inside(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PMD_SIZE);
	clear(vma, addr, pmd);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PMD_SIZE);
	return 0;
}

/* for its caller to end: nothing was changed yet */
int good_for_caller(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	clear(vma, addr, pmd);
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PMD_SIZE);
	return 0;
}
