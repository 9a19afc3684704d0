// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/mprotect.c - other rights for a range
 */

#include <linux/huge_mm.h>
#include <linux/hugetlb.h>
#include <linux/mmu_notifier.h>
#include <linux/mman.h>
#include <linux/swap.h>

static unsigned long change_pte_range(struct vm_area_struct *vma, pmd_t *pmd,
				      unsigned long addr, unsigned long end,
				      pgprot_t newprot)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long pages = 0;
	pte_t *pte, ptent;
	spinlock_t *ptl;

	pte = pte_offset_map_lock(mm, pmd, addr, &ptl);
	do {
		if (pte_present(*pte)) {
			ptent = ptep_get_and_clear(mm, addr, pte);
			set_pte_at(mm, addr, pte, pte_modify(ptent, newprot));
			pages++;
		}
	} while (pte++, addr += PAGE_SIZE, addr != end);
	pte_unmap_unlock(pte - 1, ptl);

	return pages;
}

static unsigned long change_pmd_range(struct vm_area_struct *vma, pud_t *pud,
				      unsigned long addr, unsigned long end,
				      pgprot_t newprot)
{
	struct mm_struct *mm = vma->vm_mm;
	unsigned long mni_start = 0;
	unsigned long pages = 0;
	unsigned long next;
	pmd_t *pmd;

	pmd = pmd_offset(pud, addr);
	do {
		next = pmd_addr_end(addr, end);
		if (pmd_none(*pmd) || pmd_bad(*pmd))
			continue;

		/* an empty range needs no pair */
		if (!mni_start) {
			mni_start = addr;
			mmu_notifier_invalidate_range_start(mm, mni_start, end);
		}

		if (pmd_trans_huge(*pmd)) {
			if (next - addr != HPAGE_PMD_SIZE) {
				__split_huge_pmd(vma, pmd, addr);
			} else {
				int nr = change_huge_pmd(vma, pmd, addr,
							 newprot);

				pages += nr;
				if (nr)
					continue;
			}
		}
		pages += change_pte_range(vma, pmd, addr, next, newprot);
	} while (pmd++, addr = next, addr != end);

	if (mni_start)
		mmu_notifier_invalidate_range_end(mm, mni_start, end);

	return pages;
}

/**
 * change_protection - give the entries of a range the rights @newprot
 *
 * Return: the number of pages whose rights changed.
 */
unsigned long change_protection(struct vm_area_struct *vma,
				unsigned long start, unsigned long end,
				pgprot_t newprot)
{
	unsigned long pages;
	pud_t *pud;

	if (vma->vm_flags & VM_HUGETLB)
		return hugetlb_change_protection(vma, start, end, newprot);

	pud = pud_offset(pgd_offset(vma->vm_mm, start), start);
	if (pud_none(*pud))
		return 0;

	flush_cache_range(vma, start, end);
	pages = change_pmd_range(vma, pud, start, end, newprot);
	if (pages)
		flush_tlb_range(vma, start, end);

	return pages;
}
