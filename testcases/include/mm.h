/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mm.h - address spaces, page tables and their locks.
 *
 * A page table lock (ptl) is never named by an object: it is what
 * pte_lockptr() and its relatives return. Whether pte_offset_map_lock() can fail
 * depends on the kernel: pgtable.h, pgtable-6.5.h and pgtable-6.6.h have the forms.
 */
#ifndef TEST_MM_H
#define TEST_MM_H

#include "spinlock.h"

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PMD_SHIFT	21
#define PMD_SIZE	(1UL << PMD_SHIFT)
#define PMD_MASK	(~(PMD_SIZE - 1))
#define PUD_SHIFT	30
#define PUD_SIZE	(1UL << PUD_SHIFT)
#define PUD_MASK	(~(PUD_SIZE - 1))
#define HPAGE_PMD_SIZE	PMD_SIZE
#define HPAGE_PMD_MASK	PMD_MASK

typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pmd; } pmd_t;
typedef struct { unsigned long pud; } pud_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { unsigned long pgprot; } pgprot_t;

struct address_space {
	void *host;
	spinlock_t tree_lock;
	struct rw_semaphore i_mmap_rwsem;
};

struct page {
	unsigned long flags;
	struct address_space *mapping;
	spinlock_t ptl;
};

struct mmu_notifier_mm;

struct mm_struct {
	pgd_t *pgd;
	spinlock_t page_table_lock;
	struct rw_semaphore mmap_sem;	/* up to 5.7 */
	struct rw_semaphore mmap_lock;	/* from 5.8 on */
	struct mmu_notifier_mm *mmu_notifier_mm;
	unsigned long flags;
};

#define VM_SHARED	0x0008UL
#define VM_MAYWRITE	0x0020UL

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct vm_area_struct *vm_next;
	struct mm_struct *vm_mm;
	unsigned long vm_flags;
};

struct vm_fault {
	struct vm_area_struct *vma;
	unsigned long address;
	pmd_t *pmd;
	pte_t *pte;
	spinlock_t *ptl;
	pte_t orig_pte;
};

struct hstate {
	unsigned int order;
};

static inline bool is_cow_mapping(unsigned long flags)
{
	return (flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

static inline unsigned long huge_page_size(const struct hstate *h)
{
	return PAGE_SIZE << h->order;
}

/* entries */

static inline int pte_none(pte_t pte)
{
	return !pte.pte;
}

static inline int pte_present(pte_t pte)
{
	return pte.pte & 1;
}

static inline int pte_write(pte_t pte)
{
	return pte.pte & 2;
}

static inline int pte_dirty(pte_t pte)
{
	return pte.pte & 0x40;
}

static inline pte_t pte_wrprotect(pte_t pte)
{
	pte.pte &= ~2UL;
	return pte;
}

static inline pte_t pte_mkclean(pte_t pte)
{
	pte.pte &= ~0x40UL;
	return pte;
}

static inline int pmd_none(pmd_t pmd)
{
	return !pmd.pmd;
}

static inline int pmd_trans_huge(pmd_t pmd)
{
	return (pmd.pmd & 0x80) != 0;
}

static inline pmd_t pmd_wrprotect(pmd_t pmd)
{
	pmd.pmd &= ~2UL;
	return pmd;
}

static inline int pud_trans_huge(pud_t pud)
{
	return (pud.pud & 0x80) != 0;
}

/* changing them */

pte_t ptep_get_and_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
pte_t ptep_clear_flush(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep);
void ptep_set_wrprotect(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void set_pte_at(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte);
pmd_t pmdp_huge_clear_flush(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp);
pmd_t pmdp_huge_get_and_clear(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp);
void set_pmd_at(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp, pmd_t pmd);
pud_t pudp_huge_clear_flush(struct vm_area_struct *vma, unsigned long addr, pud_t *pudp);
pte_t huge_ptep_get_and_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void huge_ptep_set_wrprotect(struct mm_struct *mm, unsigned long addr, pte_t *ptep);
void flush_tlb_range(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr);
void flush_cache_page(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);

/* finding them */

pmd_t *mm_find_pmd(struct mm_struct *mm, unsigned long address);
pte_t *huge_pte_offset(struct mm_struct *mm, unsigned long addr, unsigned long sz);
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte);
pte_t *pte_offset_kernel(pmd_t *pmd, unsigned long address);
void put_page(struct page *page);
struct page *alloc_page(gfp_t gfp_mask);
#define GFP_KERNEL	0xcc0u

static inline struct page *pmd_page(pmd_t pmd)
{
	return (struct page *)(pmd.pmd & PAGE_MASK);
}

static inline spinlock_t *ptlock_ptr(struct page *page)
{
	return &page->ptl;
}

/* locking them */

static inline spinlock_t *pte_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	return ptlock_ptr(pmd_page(*pmd));
}

static inline spinlock_t *pmd_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	return ptlock_ptr(pmd_page(*pmd));
}

static inline spinlock_t *pmd_lock(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	spin_lock(ptl);
	return ptl;
}

static inline spinlock_t *pud_lockptr(struct mm_struct *mm, pud_t *pud)
{
	return &mm->page_table_lock;
}

static inline spinlock_t *pud_lock(struct mm_struct *mm, pud_t *pud)
{
	spinlock_t *ptl = pud_lockptr(mm, pud);

	spin_lock(ptl);
	return ptl;
}

spinlock_t *__pmd_trans_huge_lock(pmd_t *pmd, struct vm_area_struct *vma);
spinlock_t *__pud_trans_huge_lock(pud_t *pud, struct vm_area_struct *vma);

static inline spinlock_t *pmd_trans_huge_lock(pmd_t *pmd, struct vm_area_struct *vma)
{
	if (pmd_trans_huge(*pmd))
		return __pmd_trans_huge_lock(pmd, vma);
	return NULL;
}

static inline spinlock_t *pud_trans_huge_lock(pud_t *pud, struct vm_area_struct *vma)
{
	if (pud_trans_huge(*pud))
		return __pud_trans_huge_lock(pud, vma);
	return NULL;
}

static inline spinlock_t *huge_pte_lockptr(struct hstate *h, struct mm_struct *mm,
					   pte_t *pte)
{
	if (huge_page_size(h) == PMD_SIZE)
		return pmd_lockptr(mm, (pmd_t *)pte);
	return &mm->page_table_lock;
}

static inline spinlock_t *huge_pte_lock(struct hstate *h, struct mm_struct *mm,
					pte_t *pte)
{
	spinlock_t *ptl = huge_pte_lockptr(h, mm, pte);

	spin_lock(ptl);
	return ptl;
}

int follow_pte(struct mm_struct *mm, unsigned long address, pte_t **ptepp,
	       spinlock_t **ptlp);

#define SINGLE_DEPTH_NESTING	1

#endif /* TEST_MM_H */
