/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * young.h - accessed bits: what clears that of the page table, and what asks the notifiers.
 */
#ifndef TEST_YOUNG_H
#define TEST_YOUNG_H

#include "entries.h"

int ptep_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
int pmdp_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp);
int mmu_notifier_clear_young(struct mm_struct *mm, unsigned long start, unsigned long end);

#define ptep_clear_young_notify(vma, addr, ptep)				\
({										\
	int __young = ptep_test_and_clear_young(vma, addr, ptep);		\
	__young |= mmu_notifier_clear_young((vma)->vm_mm, addr, (addr) + PAGE_SIZE); \
	__young;								\
})

#endif /* TEST_YOUNG_H */
