/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 06-entry-without-notifier.c - may an entry be stored with no notifier where it was
 * not present, is put back, or only its young bit changes?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

static void make_migration_entry(struct vm_area_struct *vma, pmd_t *pmd,
				 unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_MIGRATE, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	ptep_clear_flush_notify(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}

void good_put_back(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, pte_t old)
{
	spinlock_t *ptl;
	pte_t *pte;

	make_migration_entry(vma, pmd, addr);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		set_pte_at(vma->vm_mm, addr, pte, old);
	pte_unmap_unlock(pte, ptl);
}

void bad_put_back(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr, pte_t old)
{
	spinlock_t *ptl;
	pte_t *pte;

	make_migration_entry(vma, pmd, addr);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		ptep_clear_flush_notify(vma, addr, pte); /* warn(range-unpaired:unpaired) */
	pte_unmap_unlock(pte, ptl);
}

void good_was_not_present(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte = pte_offset_map_lock(mm, pmd, addr, &ptl);

	if (pte_none(*pte))
		set_pte_at(mm, addr, pte, entry);
	pte_unmap_unlock(pte, ptl);
}

void good_young_bit(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(mm, pmd);
	pmd_t entry = *pmd;

	entry.pmd &= ~0x20UL;
	set_pmd_at(mm, addr, pmd, entry);
	spin_unlock(ptl);
}

/* from here on it is known that no caller has a region open */

void good_protnone(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_protnone(entry) && pte_same(*pte, entry))
		ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void bad_not_protnone(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pte_t entry)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte_protnone(entry) && pte_same(*pte, entry))
		ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void good_swap_entry_dropped(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		ptep_get_and_clear(mm, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void bad_page_dropped(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_present(*pte))
		ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void good_kernels_own(struct mm_struct *mm, pte_t *pte, unsigned long addr)
{
	mmap_read_lock(mm);
	ptep_get_and_clear(&init_mm, addr, pte);
	mmap_read_unlock(mm);
}

void bad_of_a_process(struct mm_struct *mm, pte_t *pte, unsigned long addr)
{
	mmap_read_lock(mm);
	ptep_get_and_clear(mm, addr, pte); /* warn(unnotified-change:cleared-outside) */
	mmap_read_unlock(mm);
}

void good_put_back_present(struct mm_struct *mm, pmd_t *pmd, unsigned long addr,
			   struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (!pte_present(*pte))
		set_pte_at(mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}
