/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 01-started-in-callee.c - may a helper start the region and take the lock, and its caller
 * end both, where the helper's result says whether it did?
 */
#include "era-d1/mmu_notifier.h"

int find_entry(struct mm_struct *mm, unsigned long address, unsigned long *start,
	       unsigned long *end, pte_t **ptepp, spinlock_t **ptlp)
{
	pmd_t *pmd = mm_find_pmd(mm, address);

	if (!pmd)
		return -EINVAL;
	*start = address & PAGE_MASK;
	*end = *start + PAGE_SIZE;
	mmu_notifier_invalidate_range_start(mm, *start, *end);
	*ptepp = pte_offset_map_lock(mm, pmd, address, ptlp);
	if (pte_present(**ptepp))
		return 0;
	pte_unmap_unlock(*ptepp, *ptlp);
	mmu_notifier_invalidate_range_end(mm, *start, *end);
	return -EINVAL;
}

void good_clean_entry(struct vm_area_struct *vma, unsigned long address)
{
	unsigned long start, end;
	spinlock_t *ptl;
	pte_t *ptep;

	if (find_entry(vma->vm_mm, address, &start, &end, &ptep, &ptl))
		return;
	ptep_clear_flush(vma, address, ptep);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	pte_unmap_unlock(ptep, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}

void bad_clean_entry(struct vm_area_struct *vma, unsigned long address)
{
	unsigned long start, end;
	spinlock_t *ptl;
	pte_t *ptep;

	if (find_entry(vma->vm_mm, address, &start, &end, &ptep, &ptl))
		return;
	ptep_clear_flush(vma, address, ptep);
	mmu_notifier_invalidate_range(vma->vm_mm, start, end);
	pte_unmap_unlock(ptep, ptl);
} /* warn(region-balance:open-at-return) */
