/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * levels.c - is the accessed bit of an entry that points to a table left alone, and that of
 * a huge entry not?
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
