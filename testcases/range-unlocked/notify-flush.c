/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * notify-flush.c - is the invalidate_range() inside ptep_clear_flush_notify() and
 * pmdp_huge_clear_flush_notify() seen, on the line that uses the macro?
 */
#include "era-c/mmu_notifier.h"

void good_pte(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_pte(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	pte_unmap_unlock(pte, ptl);
	ptep_clear_flush_notify(vma, addr, pte); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}

void bad_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	spinlock_t *ptl;

	haddr &= HPAGE_PMD_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	spin_unlock(ptl);
	pmdp_huge_clear_flush_notify(vma, haddr, pmd); /* warn(range-unlocked:unlocked-after) */
	mmu_notifier_invalidate_range_end(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
}

void good_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long haddr)
{
	spinlock_t *ptl;

	haddr &= HPAGE_PMD_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_huge_clear_flush_notify(vma, haddr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, haddr, haddr + HPAGE_PMD_SIZE);
}

void good_set_pte_at_notify(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr,
			    pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte;

	addr &= PAGE_MASK;
	mmu_notifier_invalidate_range_start(vma->vm_mm, addr, addr + PAGE_SIZE);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	set_pte_at_notify(vma->vm_mm, addr, pte, entry);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(vma->vm_mm, addr, addr + PAGE_SIZE);
}
