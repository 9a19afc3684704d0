/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * levels.c - are changes of each level of the page table known, with the
 * signatures of 6.6 and later, and ignored in a table that is no longer in use?
 */
#include "era-e/mmu_notifier.h"
#include "entries.h"

void bad_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_set_wrprotect(vma->vm_mm, addr, pmd); /* warn(unnotified-change:downgraded-outside) */
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void bad_pud(struct vm_area_struct *vma, pud_t *pud, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pud_lock(vma->vm_mm, pud);
	pudp_huge_clear_flush(vma, addr, pud); /* warn(unnotified-change:cleared-outside) */
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void bad_huge_pte(struct vm_area_struct *vma, struct hstate *h, pte_t *pte, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = huge_pte_lock(h, vma->vm_mm, pte);
	huge_ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-outside) */
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void good_empty_table(struct vm_area_struct *vma, pmd_t *pmd, pmd_t table, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pmd_lock(vma->vm_mm, pmd);
	if (pmd_none(*pmd))
		set_pmd_at(vma->vm_mm, addr, pmd, table);
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void bad_ptes(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, struct page *page,
	      pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte) {
		if (pte_present(ptep_get(pte)))
			set_ptes(mm, addr, pte, mk_pte(page, prot), 1); /* warn(unnotified-change:replaced-outside) */
		pte_unmap_unlock(pte, ptl);
	}
	mmap_read_unlock(mm);
}

/* a huge entry that lost rights leads to no table */
void bad_behind_downgrade(struct vm_area_struct *vma, pmd_t *pmd, pte_t *pte, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_set_wrprotect(vma->vm_mm, addr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	ptep_clear_flush(vma, addr, pte); /* warn(unnotified-change:cleared-after) */
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

/* the table is taken out inside the region; what is done to its entries then is its own */
void good_detached(struct vm_area_struct *vma, pmd_t *pmd, pte_t *pte, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	pmdp_collapse_flush(vma, addr, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	ptep_get_and_clear(vma->vm_mm, addr, pte);
	mmap_read_unlock(vma->vm_mm);
}

void bad_not_detached(struct vm_area_struct *vma, pmd_t *pmd, pte_t *pte, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PMD_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ptl = pmd_lock(vma->vm_mm, pmd);
	spin_unlock(ptl);
	mmu_notifier_invalidate_range_end(&range);
	ptep_get_and_clear(vma->vm_mm, addr, pte); /* warn(unnotified-change:cleared-after) */
	mmap_read_unlock(vma->vm_mm);
}
