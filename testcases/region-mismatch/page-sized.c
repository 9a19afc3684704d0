/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * page-sized.c - is a notification for one page found where a PMD or PUD was changed?
 */
#include "era-d1/mmu_notifier.h"
#include "rmap.h"

void bad_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, haddr, haddr + PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, haddr, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, haddr, haddr + PAGE_SIZE); /* warn(region-mismatch:page-for-huge) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, haddr, haddr + PMD_SIZE);
}

void good_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, haddr, haddr + PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush(vma, haddr, pmd);
	mmu_notifier_invalidate_range(vma->vm_mm, haddr, haddr + PMD_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, haddr, haddr + PMD_SIZE);
}

void bad_pud(struct vm_area_struct *vma, pud_t *pud, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PUD_SIZE);
	ptl = pud_lock(vma->vm_mm, pud);
	pudp_huge_clear_flush(vma, addr, pud);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE); /* warn(region-mismatch:page-for-huge) */
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PUD_SIZE);
}

void good_pud(struct vm_area_struct *vma, pud_t *pud, unsigned long addr)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PUD_SIZE);
	ptl = pud_lock(vma->vm_mm, pud);
	pudp_huge_clear_flush(vma, addr, pud);
	mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PUD_SIZE);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PUD_SIZE);
}

void good_either_level(struct page *page, struct vm_area_struct *vma, unsigned long start,
		       unsigned long end)
{
	struct page_vma_mapped_walk pvmw = { .page = page, .vma = vma, .address = start };
	unsigned long addr;

	mmu_notifier_invalidate_range_start(vma->vm_mm, start, end);
	while (page_vma_mapped_walk(&pvmw)) {
		if (pvmw.pte) {
			addr = pvmw.address & PAGE_MASK;
			ptep_clear_flush(vma, addr, pvmw.pte);
			mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PAGE_SIZE);
		} else {
			addr = pvmw.address & PMD_MASK;
			pmdp_huge_clear_flush(vma, addr, pvmw.pmd);
			mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
		}
	}
	mmu_notifier_invalidate_range_end(vma->vm_mm, start, end);
}
