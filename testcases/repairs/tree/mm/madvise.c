/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * madvise.c - pages that are not needed soon.
 */
#include "linux/mmu_notifier.h"

#define CYDP_CLEAR_YOUNG	1

struct gather;

void tlb_remove_pmd_tlb_entry(struct gather *tlb, pmd_t *pmd, unsigned long addr);
void tlb_remove_tlb_entries(struct gather *tlb, pte_t *pte, unsigned int nr, unsigned long addr);
int pmd_young(pmd_t pmd);
int pte_young(pte_t pte);
void to_the_end_of_the_list(unsigned long addr, bool pageout);

static inline void clear_young_dirty_ptes(struct vm_area_struct *vma, unsigned long addr,
					  pte_t *pte, unsigned int nr, int flags)
{
	for (; nr--; pte++, addr += PAGE_SIZE)
		ptep_test_and_clear_young(vma, addr, pte);
}

int madvise_cold_or_pageout_pte_range(pmd_t *pmd, pte_t *pte, unsigned long addr, bool pageout,
				      struct vm_area_struct *vma, struct gather *tlb)
{
	struct mm_struct *mm = vma->vm_mm;
	spinlock_t *ptl = pmd_trans_huge_lock(pmd, vma);
	unsigned int nr = 1;

	if (ptl) {
		if (!pageout && pmd_young(*pmd)) {
			pmdp_test_and_clear_young(vma, addr, pmd);
			tlb_remove_pmd_tlb_entry(tlb, pmd, addr);
		}

		to_the_end_of_the_list(addr, pageout);
		spin_unlock(ptl);
		return 0;
	}

	ptl = pte_lockptr(mm, pmd);
	spin_lock(ptl);
	if (!pageout && pte_young(*pte)) {
		clear_young_dirty_ptes(vma, addr, pte, nr,
				       CYDP_CLEAR_YOUNG);
		tlb_remove_tlb_entries(tlb, pte, nr, addr);
	}

	to_the_end_of_the_list(addr, pageout);
	spin_unlock(ptl);
	return 0;
}
