/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - is an address that a loop moves used for the end, instead of a copy?
 */
#include "era-d1/mmu_notifier.h"

void bad_moved_address(struct mm_struct *mm, unsigned long addr, unsigned long end,
		       pmd_t *pmd)
{
	mmu_notifier_invalidate_range_start(mm, addr, end);
	do {
		pmdp_huge_get_and_clear(mm, addr, pmd++);
		addr += PMD_SIZE;
	} while (!pmd_none(*pmd));
	mmu_notifier_invalidate_range_end(mm, addr, end); /* warn(region-mismatch:other-range) */
}

void good_copy_kept(struct mm_struct *mm, unsigned long addr, unsigned long end,
		    pmd_t *pmd)
{
	const unsigned long mmun_start = addr;
	const unsigned long mmun_end = end;

	mmu_notifier_invalidate_range_start(mm, mmun_start, mmun_end);
	for (; addr < end; addr += PMD_SIZE)
		pmdp_huge_get_and_clear(mm, addr, pmd++);
	mmu_notifier_invalidate_range_end(mm, mmun_start, mmun_end);
}

void good_pair_for_each(struct mm_struct *mm, unsigned long addr, unsigned long end,
			pmd_t *pmd)
{
	for (; addr < end; addr += PMD_SIZE) {
		mmu_notifier_invalidate_range_start(mm, addr, addr + PMD_SIZE);
		pmdp_huge_get_and_clear(mm, addr, pmd++);
		mmu_notifier_invalidate_range_end(mm, addr, addr + PMD_SIZE);
	}
}

void bad_while(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	end += PAGE_SIZE;
	while (n--)
		flush_tlb_range(NULL, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end); /* warn(region-mismatch:other-range) */
}
