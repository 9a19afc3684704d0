/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HUGE_MM_H
#define _LINUX_HUGE_MM_H

#include <linux/mm.h>

#define HPAGE_PMD_SHIFT	PMD_SHIFT
#define HPAGE_PMD_SIZE	(1UL << HPAGE_PMD_SHIFT)
#define HPAGE_PMD_MASK	(~(HPAGE_PMD_SIZE - 1))
#define HPAGE_PMD_NR	(1 << (HPAGE_PMD_SHIFT - PAGE_SHIFT))
#define HPAGE_PUD_SHIFT	PUD_SHIFT
#define HPAGE_PUD_SIZE	(1UL << HPAGE_PUD_SHIFT)
#define HPAGE_PUD_MASK	(~(HPAGE_PUD_SIZE - 1))

spinlock_t *__pmd_trans_huge_lock(pmd_t *pmd, struct vm_area_struct *vma);

/* NULL, or the page table lock, held, of a huge PMD that stays one */
static inline spinlock_t *pmd_trans_huge_lock(pmd_t *pmd,
					      struct vm_area_struct *vma)
{
	if (pmd_trans_huge(READ_ONCE(*pmd)))
		return __pmd_trans_huge_lock(pmd, vma);
	return NULL;
}

void __split_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		      unsigned long address);
void split_huge_pmd_address(struct vm_area_struct *vma, unsigned long address,
			    struct page *page);
int change_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd,
		    unsigned long address, pgprot_t prot);
int zap_huge_pmd(struct mmu_gather *tlb, struct vm_area_struct *vma,
		 pmd_t *pmd, unsigned long address);
int do_huge_pmd_wp_page(struct vm_fault *vmf, pmd_t orig_pmd);

void pgtable_trans_huge_deposit(struct mm_struct *mm, pmd_t *pmdp,
				pgtable_t pgtable);
pgtable_t pgtable_trans_huge_withdraw(struct mm_struct *mm, pmd_t *pmdp);
void pmd_populate(struct mm_struct *mm, pmd_t *pmd, pgtable_t pgtable);

#endif /* _LINUX_HUGE_MM_H */
