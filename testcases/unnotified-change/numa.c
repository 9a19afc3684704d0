/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * numa.c - an entry without access (protnone) was notified of when it was made so: may it be replaced by another page's outside any
 * region, and one that is present may not? And is what another CPU has still to flush notified of by who flushes it?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void good_huge_protnone(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pmd_t orig,
			unsigned long pfn, pgprot_t prot)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	if (pmd_present(orig) && pmd_protnone(orig)) {
		ptl = pmd_lock(mm, pmd);
		if (pmd_same(*pmd, orig))
			set_pmd_at(mm, addr, pmd, pfn_pmd(pfn, prot));
		spin_unlock(ptl);
	}
	mmap_read_unlock(mm);
}

void bad_huge_present(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pmd_t orig,
		      unsigned long pfn, pgprot_t prot)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	if (pmd_present(orig) && !pmd_protnone(orig)) {
		ptl = pmd_lock(mm, pmd);
		if (pmd_same(*pmd, orig))
			set_pmd_at(mm, addr, pmd, pfn_pmd(pfn, prot)); /* warn(unnotified-change:replaced-outside) */
		spin_unlock(ptl);
	}
	mmap_read_unlock(mm);
}

void good_protnone(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, struct page *page,
		   pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_present(*pte) && pte_protnone(*pte))
		set_pte_at(mm, addr, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

void bad_present(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, struct page *page,
		 pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmap_read_lock(mm);
	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	if (pte_present(*pte))
		set_pte_at(mm, addr, pte, mk_pte(page, prot)); /* warn(unnotified-change:replaced-outside) */
	pte_unmap_unlock(pte, ptl);
	mmap_read_unlock(mm);
}

/* the page table that the test was about is another one after the unlock */
void bad_asked_before(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, pmd_t orig,
		      unsigned long pfn, pgprot_t prot)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	if (pmd_protnone(orig)) {
		ptl = pmd_lock(mm, pmd);
		if (pmd_present(*pmd))
			set_pmd_at(mm, addr, pmd, pfn_pmd(pfn, prot)); /* warn(unnotified-change:replaced-outside) */
		spin_unlock(ptl);
	}
	mmap_read_unlock(mm);
}

void bad_flushed_for_another(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	if (mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE); /* warn(unnotified-change:flushed-unnotified) */
	spin_unlock(ptl);
}

static void flush_what_is_pending(struct vm_area_struct *vma, unsigned long addr)
{
	if (mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE); /* warn(unnotified-change:flushed-unnotified) */
}

void bad_flushed_in_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	flush_what_is_pending(vma, addr);
	spin_unlock(ptl);
}

/* what was flushed before the lock does not hide what is flushed under it */
void bad_flushed_again(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	flush_tlb_range(vma, addr, addr + PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	if (mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE); /* warn(unnotified-change:flushed-unnotified) */
	spin_unlock(ptl);
}

static void flush_before_lock(struct vm_area_struct *vma, unsigned long addr)
{
	if (mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
}

/* what is flushed with no lock held is not what the next one to take it does */
void good_flushed_before_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	flush_before_lock(vma, addr);
	ptl = pmd_lock(vma->vm_mm, pmd);
	spin_unlock(ptl);
}

void good_flushed_here_before_lock(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	if (mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
	ptl = pmd_lock(vma->vm_mm, pmd);
	spin_unlock(ptl);
}

static bool has_flushed(struct vm_area_struct *vma, unsigned long addr)
{
	if (!mm_tlb_flush_pending(vma->vm_mm))
		return false;
	flush_tlb_range(vma, addr, addr + PMD_SIZE);
	return true;
}

/* .. and its caller may notify: that other CPU has the region */
void good_flushed_in_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	if (has_flushed(vma, addr)) {
		ptl = pmd_lock(vma->vm_mm, pmd);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
		spin_unlock(ptl);
	}
	mmap_read_unlock(vma->vm_mm);
}

void good_notified_for_another(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	if (mm_tlb_flush_pending(vma->vm_mm)) {
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
	}
	spin_unlock(ptl);
}

/* that other CPU has the region */
void good_outside_region(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pmd_lock(vma->vm_mm, pmd);
	if (mm_tlb_flush_pending(vma->vm_mm)) {
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE);
	}
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

void bad_outside_region(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(vma->vm_mm);
	ptl = pmd_lock(vma->vm_mm, pmd);
	if (!mm_tlb_flush_pending(vma->vm_mm)) {
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
		mmu_notifier_invalidate_range(vma->vm_mm, addr, addr + PMD_SIZE); /* warn(range-unpaired:unpaired) */
	}
	spin_unlock(ptl);
	mmap_read_unlock(vma->vm_mm);
}

/* nothing is pending: its own flush, for what it did itself */
void good_nothing_pending(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl = pmd_lock(vma->vm_mm, pmd);

	if (!mm_tlb_flush_pending(vma->vm_mm))
		flush_tlb_range(vma, addr, addr + PMD_SIZE);
	spin_unlock(ptl);
}

/* the end of the region is later than the flush, and notifies of all */
void good_in_region(struct vm_area_struct *vma, pmd_t *pmd, unsigned long addr)
{
	struct mmu_notifier_range range;
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl);
	if (mm_tlb_flush_pending(vma->vm_mm))
		ptep_clear_flush(vma, addr, pte);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_end(&range);
}
