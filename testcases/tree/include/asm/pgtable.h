/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entries of a made-up four level page table. An entry is a structure, so
 * that one level is not taken for another.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <linux/types.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PMD_SHIFT	21
#define PMD_SIZE	(1UL << PMD_SHIFT)
#define PMD_MASK	(~(PMD_SIZE - 1))
#define PUD_SHIFT	30
#define PUD_SIZE	(1UL << PUD_SHIFT)
#define PUD_MASK	(~(PUD_SIZE - 1))
#define PTRS_PER_PTE	512

typedef struct {
	unsigned long pte;
} pte_t;

typedef struct {
	unsigned long pmd;
} pmd_t;

typedef struct {
	unsigned long pud;
} pud_t;

typedef struct {
	unsigned long pgd;
} pgd_t;

typedef struct {
	unsigned long pgprot;
} pgprot_t;

typedef struct page *pgtable_t;

#define _PAGE_PRESENT	(1UL << 0)
#define _PAGE_RW	(1UL << 1)
#define _PAGE_ACCESSED	(1UL << 5)
#define _PAGE_DIRTY	(1UL << 6)
#define _PAGE_PSE	(1UL << 7)
#define _PAGE_SOFT_DIRTY (1UL << 11)
#define _PAGE_FLAGS	(PAGE_SIZE - 1)

#define __pte(x)	((pte_t) { (x) })
#define __pmd(x)	((pmd_t) { (x) })
#define pte_val(x)	((x).pte)
#define pmd_val(x)	((x).pmd)
#define pud_val(x)	((x).pud)

#define pte_none(x)	(!pte_val(x))
#define pte_present(x)	(pte_val(x) & _PAGE_PRESENT)
#define pte_write(x)	(pte_val(x) & _PAGE_RW)
#define pte_dirty(x)	(pte_val(x) & _PAGE_DIRTY)
#define pte_young(x)	(pte_val(x) & _PAGE_ACCESSED)
#define pte_soft_dirty(x)	(pte_val(x) & _PAGE_SOFT_DIRTY)
#define pte_pfn(x)	(pte_val(x) >> PAGE_SHIFT)
#define pte_same(a, b)	(pte_val(a) == pte_val(b))

#define pmd_none(x)	(!pmd_val(x))
#define pmd_bad(x)	(pmd_val(x) && !(pmd_val(x) & _PAGE_PRESENT))
#define pmd_write(x)	(pmd_val(x) & _PAGE_RW)
#define pmd_dirty(x)	(pmd_val(x) & _PAGE_DIRTY)
#define pmd_pfn(x)	(pmd_val(x) >> PAGE_SHIFT)
#define pmd_huge(x)	(pmd_val(x) & _PAGE_PSE)
#define pmd_trans_huge(x)	(pmd_val(x) & _PAGE_PSE)
#define pmd_same(a, b)	(pmd_val(a) == pmd_val(b))

#define pud_none(x)	(!pud_val(x))
#define pud_trans_huge(x)	(pud_val(x) & _PAGE_PSE)

static inline pte_t pte_wrprotect(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_RW);
}

static inline pte_t pte_mkwrite(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_RW);
}

static inline pte_t pte_mkclean(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_DIRTY);
}

static inline pte_t pte_mkdirty(pte_t pte)
{
	return __pte(pte_val(pte) | _PAGE_DIRTY);
}

static inline pte_t pte_mkold(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_ACCESSED);
}

static inline pte_t pte_clear_soft_dirty(pte_t pte)
{
	return __pte(pte_val(pte) & ~_PAGE_SOFT_DIRTY);
}

static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	return __pte((pte_val(pte) & ~_PAGE_FLAGS) | prot.pgprot);
}

static inline pmd_t pmd_wrprotect(pmd_t pmd)
{
	return __pmd(pmd_val(pmd) & ~_PAGE_RW);
}

static inline pmd_t pmd_mkclean(pmd_t pmd)
{
	return __pmd(pmd_val(pmd) & ~_PAGE_DIRTY);
}

static inline pmd_t pmd_mkhuge(pmd_t pmd)
{
	return __pmd(pmd_val(pmd) | _PAGE_PSE);
}

struct mm_struct;
struct vm_area_struct;

static inline void set_pte(pte_t *ptep, pte_t pte)
{
	WRITE_ONCE(*ptep, pte);
}

static inline void set_pte_at(struct mm_struct *mm, unsigned long address,
			      pte_t *ptep, pte_t pte)
{
	set_pte(ptep, pte);
}

static inline void set_pmd_at(struct mm_struct *mm, unsigned long address,
			      pmd_t *pmdp, pmd_t pmd)
{
	WRITE_ONCE(*pmdp, pmd);
}

static inline void pte_clear(struct mm_struct *mm, unsigned long address,
			     pte_t *ptep)
{
	set_pte(ptep, __pte(0));
}

pte_t ptep_get_and_clear(struct mm_struct *mm, unsigned long address,
			 pte_t *ptep);
pte_t ptep_clear_flush(struct vm_area_struct *vma, unsigned long address,
		       pte_t *ptep);
int ptep_test_and_clear_young(struct vm_area_struct *vma,
			      unsigned long address, pte_t *ptep);
int ptep_clear_flush_young(struct vm_area_struct *vma, unsigned long address,
			   pte_t *ptep);
int pmdp_clear_flush_young(struct vm_area_struct *vma, unsigned long address,
			   pmd_t *pmdp);
pmd_t pmdp_huge_get_and_clear(struct mm_struct *mm, unsigned long address,
			      pmd_t *pmdp);
pmd_t pmdp_huge_clear_flush(struct vm_area_struct *vma, unsigned long address,
			    pmd_t *pmdp);
void pmdp_set_wrprotect(struct mm_struct *mm, unsigned long address,
			pmd_t *pmdp);
void pmdp_invalidate(struct vm_area_struct *vma, unsigned long address,
		     pmd_t *pmdp);
pud_t pudp_huge_clear_flush(struct vm_area_struct *vma, unsigned long address,
			    pud_t *pudp);

pgd_t *pgd_offset(struct mm_struct *mm, unsigned long address);
pud_t *pud_offset(pgd_t *pgd, unsigned long address);
pmd_t *pmd_offset(pud_t *pud, unsigned long address);
pte_t *pte_offset_map(pmd_t *pmd, unsigned long address);

#define pte_unmap(pte)	((void)(pte))

#endif /* _ASM_PGTABLE_H */
