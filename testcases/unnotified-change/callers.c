/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callers.c - is a change in a callee, or under a lock taken by
 * one, checked against the regions of the callers in the file?
 */
#include "era-d1/mmu_notifier.h"
#include "entries.h"

static void clear_one(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
}

void good_callers_pair(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	clear_one(mm, pmd, addr);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	up_read(&mm->mmap_sem);
}

void good_caller_is_unknown(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	clear_one(mm, pmd, addr);
}

static void bad_called_without(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
}

void one_caller(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	bad_called_without(mm, pmd, addr);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	up_read(&mm->mmap_sem);
}

void other_caller(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	down_read(&mm->mmap_sem);
	bad_called_without(mm, pmd, addr);
	up_read(&mm->mmap_sem);
}

static int lock_mm(struct mm_struct *mm)
{
	down_read(&mm->mmap_sem);
	return mm->flags != 0;
}

void bad_lock_in_helper(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	if (lock_mm(mm)) {
		ptl = pmd_lock(mm, pmd);
		pmdp_huge_get_and_clear(mm, addr, pmd); /* warn(unnotified-change:cleared-outside) */
		spin_unlock(ptl);
	}
	up_read(&mm->mmap_sem);
}

void good_lock_in_helper(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	if (lock_mm(mm)) {
		mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
		ptl = pmd_lock(mm, pmd);
		pmdp_huge_get_and_clear(mm, addr, pmd);
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
	}
	up_read(&mm->mmap_sem);
}
