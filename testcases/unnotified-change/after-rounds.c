/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * after-rounds.c - is a change behind a loop found, if only some of the rounds started and ended a region?
 */
#include "era-c/mmu_notifier.h"
#include "entries.h"

static void notify_one(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte);
	mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
}

void bad_after_rounds(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	down_read(&mm->mmap_sem);
	for (; addr < end; addr += PAGE_SIZE)
		if (!pmd_none(*pmd))
			notify_one(mm, pmd, addr);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
	up_read(&mm->mmap_sem);
}

void bad_after_own_rounds(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	spinlock_t *ptl;
	pte_t *pte;

	down_read(&mm->mmap_sem);
	for (; addr < end; addr += PAGE_SIZE) {
		if (pmd_none(*pmd))
			continue;
		mmu_notifier_invalidate_range_start(mm, addr, addr + PAGE_SIZE);
		pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
		ptep_get_and_clear(mm, addr, pte);
		mmu_notifier_invalidate_range(mm, addr, addr + PAGE_SIZE);
		pte_unmap_unlock(pte, ptl);
		mmu_notifier_invalidate_range_end(mm, addr, addr + PAGE_SIZE);
	}
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-after) */
	pte_unmap_unlock(pte, ptl);
	up_read(&mm->mmap_sem);
}

void good_rounds(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, unsigned long end)
{
	down_read(&mm->mmap_sem);
	for (; addr < end; addr += PAGE_SIZE)
		if (!pmd_none(*pmd))
			notify_one(mm, pmd, addr);
	up_read(&mm->mmap_sem);
}
