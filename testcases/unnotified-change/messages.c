/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * messages.c - does the message say what the entry loses and
 * where the region is, and the path why no caller has one open?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

void bad_cleared(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(mm); /* note: no caller has a region open here: 'mmap_read_lock()' is never called inside one */
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, addr, pmd); /* warn(unnotified-change): page table entry is cleared outside any region */ /* note: fix: start a region before 'ptl' is taken at line 14, and end it after 'ptl' is dropped; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_downgraded(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	ptl = pmd_lock(mm, pmd);
	pmdp_set_wrprotect(mm, addr, pmd); /* warn(unnotified-change): page table entry is downgraded outside any region */ /* note: fix: start a region before 'ptl' is taken at line 25, and end it after 'ptl' is dropped; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_replaced(struct mm_struct *mm, pmd_t *pmd, unsigned long addr, unsigned long pfn,
		  pgprot_t prot)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	ptl = pmd_lock(mm, pmd);
	if (pmd_present(*pmd))
		set_pmd_at(mm, addr, pmd, pfn_pmd(pfn, prot)); /* warn(unnotified-change): page table entry is replaced outside any region */ /* note: fix: start a region before 'ptl' is taken at line 37, and end it after 'ptl' is dropped; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_cleared_after(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range); /* note: region 'range' ends here */
	ptl = pmd_lock(mm, pmd);
	pmdp_huge_get_and_clear(mm, range->start, pmd); /* warn(unnotified-change): page table entry is cleared after the region ended */ /* note: fix: clear the entry before region 'range' ends at line 50; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_downgraded_after(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	ptl = pmd_lock(mm, pmd);
	pmdp_set_wrprotect(mm, range->start, pmd); /* warn(unnotified-change): page table entry is downgraded after the region ended */ /* note: fix: downgrade the entry before region 'range' ends at line 63; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_replaced_after(struct mm_struct *mm, pmd_t *pmd, struct mmu_notifier_range *range,
			unsigned long pfn, pgprot_t prot)
{
	spinlock_t *ptl;

	mmap_read_lock(mm);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	ptl = pmd_lock(mm, pmd);
	if (pmd_present(*pmd))
		set_pmd_at(mm, range->start, pmd, pfn_pmd(pfn, prot)); /* warn(unnotified-change): page table entry is replaced after the region ended */ /* note: fix: replace the entry before region 'range' ends at line 77; */
	spin_unlock(ptl);
	mmap_read_unlock(mm);
}

void bad_untold(struct vm_area_struct *vma, pmd_t *pmd, struct mmu_notifier_range *range,
		struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, range->start, &ptl);
	ptep_clear_flush(vma, range->start, pte); /* note: the entry is cleared here */
	set_pte_at(vma->vm_mm, range->start, pte, mk_pte(page, prot)); /* warn(unnotified-change): page table entry is replaced without an invalidate_range() after it was cleared */ /* note: fix: clear the entry at line 93 with the function whose name ends in _notify, or call invalidate_range() behind it; */
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(range); /* note: region 'range' ends here */
}

void bad_early(struct vm_area_struct *vma, pmd_t *pmd, struct mmu_notifier_range *range,
	       struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, range->start, &ptl);
	ptep_clear_flush(vma, range->start, pte); /* note: the entry is cleared here */
	set_pte_at(vma->vm_mm, range->start, pte, mk_pte(page, prot)); /* warn(unnotified-change): page table entry is replaced before the invalidate_range() for its clearing */ /* note: fix: call invalidate_range() for the clearing at line 107 before this call; */
	mmu_notifier_invalidate_range(vma->vm_mm, range->start, range->end);
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(range);
}

void good_told(struct vm_area_struct *vma, pmd_t *pmd, struct mmu_notifier_range *range,
	       struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pte_t *pte;

	mmu_notifier_invalidate_range_start(range);
	pte = pte_offset_map_lock(vma->vm_mm, pmd, range->start, &ptl);
	ptep_clear_flush_notify(vma, range->start, pte);
	set_pte_at(vma->vm_mm, range->start, pte, mk_pte(page, prot));
	pte_unmap_unlock(pte, ptl);
	mmu_notifier_invalidate_range_only_end(range);
}
