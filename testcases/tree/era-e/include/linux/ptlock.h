/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A lock for each page table. The table of small entries may be gone by the
 * time that its lock would be taken: pte_offset_map_lock() can return NULL.
 */
#ifndef _LINUX_PTLOCK_H
#define _LINUX_PTLOCK_H

#include <linux/mm_types.h>
#include <linux/rcupdate.h>

struct page *pfn_to_page(unsigned long pfn);
struct page *virt_to_page(const void *address);

static inline spinlock_t *ptlock_ptr(struct page *page)
{
	return &page->ptl;
}

static inline spinlock_t *pte_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	return ptlock_ptr(pfn_to_page(pmd_pfn(*pmd)));
}

static inline spinlock_t *pmd_lockptr(struct mm_struct *mm, pmd_t *pmd)
{
	return ptlock_ptr(virt_to_page(pmd));
}

static inline spinlock_t *pud_lockptr(struct mm_struct *mm, pud_t *pud)
{
	return &mm->page_table_lock;
}

static inline spinlock_t *pmd_lock(struct mm_struct *mm, pmd_t *pmd)
{
	spinlock_t *ptl = pmd_lockptr(mm, pmd);

	spin_lock(ptl);
	return ptl;
}

static inline spinlock_t *pud_lock(struct mm_struct *mm, pud_t *pud)
{
	spinlock_t *ptl = pud_lockptr(mm, pud);

	spin_lock(ptl);
	return ptl;
}

/* NULL, or the entry with *@ptlp held */
pte_t *pte_offset_map_lock(struct mm_struct *mm, pmd_t *pmd,
			   unsigned long address, spinlock_t **ptlp);

#define pte_unmap_unlock(ptep, ptl) do {		\
	spin_unlock(ptl);				\
	pte_unmap(ptep);				\
	rcu_read_unlock();				\
} while (0)

#endif /* _LINUX_PTLOCK_H */
