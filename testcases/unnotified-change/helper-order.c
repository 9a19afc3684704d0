/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-order.c - are the flush and the store of a tree's own _notify helpers in the order that
 * secondary MMUs need: the invalidate_range() after the clearing, change_pte() before the store?
 */
#include "era-d2/mmu_notifier.h"
#include "entries.h"

#define own_ptep_clear_flush_notify(vma, address, ptep)			\
({									\
	pte_t ___pte = ptep_clear_flush(vma, address, ptep);		\
	mmu_notifier_invalidate_range((vma)->vm_mm, address,		\
				      (address) + PAGE_SIZE);		\
	___pte;								\
})

#define early_ptep_clear_flush_notify(vma, address, ptep)		\
({									\
	mmu_notifier_invalidate_range((vma)->vm_mm, address,		\
				      (address) + PAGE_SIZE);		\
	ptep_clear_flush(vma, address, ptep);				\
})

#define own_set_pte_at_notify(mm, address, ptep, pte)			\
({									\
	pte_t ___pte = pte;						\
	mmu_notifier_change_pte(mm, address, ___pte);			\
	set_pte_at(mm, address, ptep, ___pte);				\
})

#define late_set_pte_at_notify(mm, address, ptep, pte)			\
({									\
	pte_t ___pte = pte;						\
	set_pte_at(mm, address, ptep, ___pte);				\
	mmu_notifier_change_pte(mm, address, ___pte);			\
})

static inline void own_set(struct mm_struct *mm, unsigned long address, pte_t *ptep, pte_t pte)
{
	mmu_notifier_change_pte(mm, address, pte);
	set_pte_at(mm, address, ptep, pte);
}

static inline void late_set(struct mm_struct *mm, unsigned long address, pte_t *ptep, pte_t pte)
{
	set_pte_at(mm, address, ptep, pte);
	mmu_notifier_change_pte(mm, address, pte); /* warn(unnotified-change:set-early) */
}

#define REPLACE(clear_flush, set) do {						\
	struct mmu_notifier_range range;					\
	spinlock_t *ptl;							\
	pte_t *ptep;								\
										\
	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma, vma->vm_mm,	\
				address, address + PAGE_SIZE);			\
	mmu_notifier_invalidate_range_start(&range);				\
	ptep = pte_offset_map_lock(vma->vm_mm, pmd, address, &ptl);		\
	clear_flush(vma, address, ptep);					\
	set(vma->vm_mm, address, ptep, mk_pte(page, prot));	\
	pte_unmap_unlock(ptep, ptl);						\
	mmu_notifier_invalidate_range_only_end(&range);				\
} while (0)

void good_helpers(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address,
		  struct page *page, pgprot_t prot)
{
	REPLACE(own_ptep_clear_flush_notify, own_set_pte_at_notify);
}

void good_inline_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address,
			struct page *page, pgprot_t prot)
{
	REPLACE(own_ptep_clear_flush_notify, own_set);
}

void bad_notified_before_clearing(struct vm_area_struct *vma, pmd_t *pmd,
				  unsigned long address, struct page *page, pgprot_t prot)
{
	REPLACE(early_ptep_clear_flush_notify, own_set_pte_at_notify); /* warn(unnotified-change:replaced-unnotified) */
}

void bad_set_before_change_pte(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address,
			       struct page *page, pgprot_t prot)
{
	REPLACE(own_ptep_clear_flush_notify, late_set_pte_at_notify); /* warn(unnotified-change:set-early) */
}

void bad_inline_helper(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address,
		       struct page *page, pgprot_t prot)
{
	REPLACE(own_ptep_clear_flush_notify, late_set);
}
