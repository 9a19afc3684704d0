/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say, in all four combinations, whether the ptl is
 * held and whether a region is open?
 */
#include "era-c/mmu_notifier.h"

void bad_lock_and_region(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE); /* note: region 'mm' starts here */
	ptl = pmd_lock(mm, pmd); /* note: 'ptl' is taken here */
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): with the page table lock 'ptl' held, inside a region */ /* note: fix: call invalidate_range() in its place, under the page table lock, between a start and an end; */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void bad_region_only(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	ptl = pmd_lock(mm, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): with no page table lock held, inside a region */ /* note: fix: call invalidate_range() in its place, before 'ptl' is dropped at line 25, between a start and an end; */
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void bad_lock_only(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): with the page table lock 'ptl' held, outside any region */ /* note: fix: call invalidate_range() in its place, under the page table lock, between a start and an end; */
	spin_unlock(ptl);
}

void bad_neither(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): with no page table lock held, outside any region */ /* note: fix: call invalidate_range() in its place, under the page table lock, between a start and an end; */
}

void bad_some_paths(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, bool huge)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (huge)
		spin_unlock(ptl);
	mmu_notifier_invalidate_page(mm, addr); /* warn(invalidate-page): held on some paths only */ /* note: fix: call invalidate_range() in its place, under the page table lock, between a start and an end; */
	if (!huge)
		spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void good_range_instead(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	ptl = pmd_lock(mm, pmd);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}
