/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helpers.c - is what a helper of another file does to a region, a lock or an entry seen, and only that?
 */
#include "helpers.h"

void range_setup(struct mmu_notifier_range *range, struct vm_area_struct *vma)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,
				vma->vm_start, vma->vm_end);
}

unsigned long range_size(struct mmu_notifier_range *range)
{
	return range->end - range->start;
}

void range_finish(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_end(range);
}

int range_try(struct mmu_notifier_range *range)
{
	return mmu_notifier_invalidate_range_start_nonblock(range);
}

void ptl_drop(spinlock_t *ptl)
{
	spin_unlock(ptl);
}

void ptl_look(spinlock_t *ptl)
{
	flush_tlb_range(NULL, (unsigned long)ptl, 0);
}

void clear_entry(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside)[link] */
	pte_unmap_unlock(pte, ptl);
}

void clear_in_region(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

	ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
}

void break_lock(struct mm_struct *mm)
{
	mmap_read_unlock(mm); /* warn(region-mmap-lock:mmap-lock-dropped)[link] */
	mmap_read_lock(mm);
}

void keep_lock(struct mm_struct *mm)
{
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
}
