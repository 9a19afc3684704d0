/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HUGETLB_H
#define _LINUX_HUGETLB_H

#include <linux/fs.h>
#include <linux/mm.h>

struct hstate {
	unsigned int order;
};

struct hstate *hstate_vma(struct vm_area_struct *vma);

static inline unsigned long huge_page_size(struct hstate *h)
{
	return PAGE_SIZE << h->order;
}

static inline unsigned long huge_page_mask(struct hstate *h)
{
	return ~(huge_page_size(h) - 1);
}

static inline spinlock_t *huge_pte_lockptr(struct hstate *h,
					   struct mm_struct *mm, pte_t *pte)
{
	if (huge_page_size(h) == PMD_SIZE)
		return pmd_lockptr(mm, (pmd_t *)pte);
	return &mm->page_table_lock;
}

static inline spinlock_t *huge_pte_lock(struct hstate *h,
					struct mm_struct *mm, pte_t *pte)
{
	spinlock_t *ptl = huge_pte_lockptr(h, mm, pte);

	spin_lock(ptl);
	return ptl;
}

pte_t *huge_pte_alloc(struct mm_struct *mm, unsigned long address,
		      unsigned long size);
pte_t *huge_pte_offset(struct mm_struct *mm, unsigned long address);
pte_t huge_ptep_get(pte_t *ptep);
pte_t huge_ptep_get_and_clear(struct mm_struct *mm, unsigned long address,
			      pte_t *ptep);
pte_t huge_ptep_clear_flush(struct vm_area_struct *vma, unsigned long address,
			    pte_t *ptep);
void huge_ptep_set_wrprotect(struct mm_struct *mm, unsigned long address,
			     pte_t *ptep);
int huge_pmd_unshare(struct mm_struct *mm, unsigned long *address,
		     pte_t *ptep);
void set_huge_pte_at(struct mm_struct *mm, unsigned long address,
		     pte_t *ptep, pte_t pte);
pte_t make_huge_pte(struct vm_area_struct *vma, struct page *page,
		    int writable);
struct page *alloc_huge_page(struct vm_area_struct *vma,
			     unsigned long address);
void copy_user_huge_page(struct page *to, struct page *from,
			 unsigned long address, struct vm_area_struct *vma);
void flush_hugetlb_tlb_range(struct vm_area_struct *vma, unsigned long start,
			     unsigned long end);

int hugetlb_wp_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		     unsigned long address);
int copy_hugetlb_page_range(struct mm_struct *dst, struct mm_struct *src,
			    struct vm_area_struct *vma);
void __unmap_hugepage_range(struct mmu_gather *tlb,
			    struct vm_area_struct *vma, unsigned long start,
			    unsigned long end);
unsigned long hugetlb_change_protection(struct vm_area_struct *vma,
					unsigned long address,
					unsigned long end, pgprot_t newprot);

#endif /* _LINUX_HUGETLB_H */
