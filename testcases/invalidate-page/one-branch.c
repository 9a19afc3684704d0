/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * one-branch.c - is the call found once on either branch, in a
 * case, behind a goto and in a loop, and not where no path leads?
 */
#include "era-c/mmu_notifier.h"

void bad_then_way_1(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, bool huge)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (huge)
		mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
	else
		mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void bad_else_way_2(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, bool huge)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (!huge)
		mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	else
		mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void good_neither(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, bool huge)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (huge)
		mmu_notifier_invalidate_range(mm, addr, addr + PMD_SIZE);
	else
		mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void bad_switch_and_loop(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	while (n--) {
		switch (n) {
		case 3:
			goto out;
		case 2:
			mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page:page-called) */
			break;
		default:
			break;
		}
	}
out:
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void good_no_path(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int n)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (n > 3 && n < 2)
		mmu_notifier_invalidate_page(mm, addr);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}

void good_no_path_by_flag(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
			  unsigned int flags)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (!(flags & 1) && (flags & 1))
		mmu_notifier_invalidate_page(mm, addr);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
}
