/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 13-no-second-lock.c - is the outer lock dropped where a path without a
 * second lock meets one with a second lock that differs from the first?
 */
#include "era-e/mmu_notifier.h"

pte_t *pte_offset_map_rw_nolock(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
				pmd_t *pmdvalp, spinlock_t **ptlp);

static bool none_left(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *pml, *ptl = NULL;
	pte_t *start, *pte;
	pmd_t pmdval;

	pml = pmd_lock(mm, pmd);
	start = pte_offset_map_rw_nolock(mm, pmd, addr, &pmdval, &ptl);
	if (!start)
		goto out;
	if (ptl != pml)
		spin_lock_nested(ptl, SINGLE_DEPTH_NESTING);
	for (pte = start; pte < start + 512; pte++)
		if (!pte_none(*pte))
			goto out;
	pte_unmap(start);
	if (ptl != pml)
		spin_unlock(ptl);
	spin_unlock(pml);
	return true;
out:
	if (start)
		pte_unmap_unlock(start, ptl);
	if (ptl != pml)
		spin_unlock(pml);
	return false;
}

/* the same, and the lock of the first look is still there when the second one fails */
static bool none_left_again(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
			    spinlock_t *ptl)
{
	spinlock_t *pml;
	pte_t *start, *pte;
	pmd_t pmdval;

	pml = pmd_lock(mm, pmd);
	start = pte_offset_map_rw_nolock(mm, pmd, addr, &pmdval, &ptl);
	if (!start)
		goto out;
	if (ptl != pml)
		spin_lock_nested(ptl, SINGLE_DEPTH_NESTING);
	for (pte = start; pte < start + 512; pte++)
		if (!pte_none(*pte))
			goto out;
	pte_unmap(start);
	if (ptl != pml)
		spin_unlock(ptl);
	spin_unlock(pml);
	return true;
out:
	if (start)
		pte_unmap_unlock(start, ptl);
	if (ptl != pml)
		spin_unlock(pml);
	return false;
}

bool good_no_second_lock(struct mmu_notifier_range *range, struct mm_struct *mm,
			 pmd_t *pmd, unsigned long addr)
{
	bool none;

	mmu_notifier_invalidate_range_start(range);
	none = none_left(mm, pmd, addr);
	mmu_notifier_invalidate_range_end(range);
	return none;
}

bool bad_first_look(struct mmu_notifier_range *range, struct mm_struct *mm,
		    pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;
	bool none;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte)
		pte_unmap_unlock(pte, ptl);
	none = pte && none_left_again(mm, pmd, addr, ptl);
	mmu_notifier_invalidate_range_end(range); /* warn(region-atomic:atomic-lock) */
	return none;
}
