/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mmap-lock.c - is a change without a pair found where the function took the mmap
 * lock, so that no caller has a region open, and only on the path without a pair?
 */
#include "era-c/mmu_notifier.h"
#include "entries.h"

void bad_no_pair(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	down_read(&mm->mmap_sem);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
	up_read(&mm->mmap_sem);
}

void good_pair(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	up_read(&mm->mmap_sem);
}

void bad_after_the_end(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	down_read(&mm->mmap_sem);
	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-after) */
	pte_unmap_unlock(pte, ptl);
	up_read(&mm->mmap_sem);
}

void good_unknown_caller(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
}

void good_other_semaphore(struct address_space *mapping, struct mm_struct *mm, pmd_t *pmd,
			  unsigned long addr)
{
	spinlock_t *ptl;

	down_read(&mapping->i_mmap_rwsem);
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, addr, pmd);
	spin_unlock(ptl);
	up_read(&mapping->i_mmap_rwsem);
}

void bad_trylock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	for (; vma; vma = vma->vm_next) {
		if (!down_write_trylock(&vma->vm_mm->mmap_sem))
			continue;
		ptl = pmd_lock(vma->vm_mm, pmd);
		pmdp_collapse_flush(vma, addr, pmd); /* warn(unnotified-change:cleared-outside) */
		spin_unlock(ptl);
		up_write(&vma->vm_mm->mmap_sem);
	}
}

void good_trylock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	for (; vma; vma = vma->vm_next) {
		if (!down_write_trylock(&vma->vm_mm->mmap_sem))
			continue;
		mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PMD_SIZE);
		ptl = pmd_lock(vma->vm_mm, pmd);
		pmdp_collapse_flush(vma, addr, pmd);
		spin_unlock(ptl);
		mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PMD_SIZE);
		up_write(&vma->vm_mm->mmap_sem);
	}
}

void bad_pair_on_one_branch(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int cow)
{
	spinlock_t *ptl;

	down_write(&mm->mmap_sem);
	if (cow)
		mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, addr, pmd); /* warn(unnotified-change:cleared-outside) */
	spin_unlock(ptl);
	if (cow)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
	up_write(&mm->mmap_sem);
}

void good_change_on_that_branch(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int cow)
{
	spinlock_t *ptl;

	down_write(&mm->mmap_sem);
	if (cow)
		mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
	ptl = pmd_lock(mm, pmd);
	if (cow)
		pmdp_huge_get_and_clear(mm, addr, pmd);
	spin_unlock(ptl);
	if (cow)
		mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
	up_write(&mm->mmap_sem);
}

static int take_if(struct mm_struct *mm, int unlocked)
{
	if (unlocked)
		down_read(&mm->mmap_sem);
	return unlocked ? -EAGAIN : 0;
}

/* where the helper did not take it, a caller may have a region open */
int good_helper_took_nothing(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int unlocked)
{
	spinlock_t *ptl;
	pte_t *pte;

	if (take_if(mm, unlocked))
		return -EAGAIN;
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	return 0;
}

int bad_helper_took_it(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, int unlocked)
{
	spinlock_t *ptl;
	pte_t *pte;

	if (!take_if(mm, unlocked))
		return 0;
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
	return 1;
}
