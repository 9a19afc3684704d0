/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * levels.c - is the accessed bit of an entry that points to a
 * table ignored, and that of a huge entry not?
 */
#include "era-d2/mmu_notifier.h"
#include "young.h"

int good_table(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	if (pmd_trans_huge(*pmd))
		return 0;
	return pmdp_test_and_clear_young(vma, addr, pmd);
}

int bad_huge(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	if (!pmd_trans_huge(*pmd))
		return 0;
	return pmdp_test_and_clear_young(vma, addr, pmd); /* warn(young-unnotified:young-unnotified) */
}

int bad_other_entry(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmd)
{
	if (pmd_trans_huge(pmd[0]))
		return 0;
	return pmdp_test_and_clear_young(vma, addr, pmd + 1); /* warn(young-unnotified:young-unnotified) */
}

/* each place is reported, although all of them meet before the return */
int bad_two_places(struct vm_area_struct *vma, unsigned long addr, unsigned long end, pmd_t *pmd)
{
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, vma);
	pte_t *pte;

	if (ptl) {
		if (pmd_present(*pmd))
			pmdp_test_and_clear_young(vma, addr, pmd); /* warn(young-unnotified:young-unnotified) */
		spin_unlock(ptl);
		return 0;
	}
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	for (; addr != end; pte++, addr += PAGE_SIZE)
		if (pte_present(*pte))
			ptep_test_and_clear_young(vma, addr, pte); /* warn(young-unnotified:young-unnotified) */
	pte_unmap_unlock(pte - 1, ptl);
	return 0;
}
