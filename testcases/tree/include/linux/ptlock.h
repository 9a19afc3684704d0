/* SPDX-License-Identifier: GPL-2.0-only */
/* A lock for each page table, in the struct page of the table. */
#ifndef _LINUX_PTLOCK_H
#define _LINUX_PTLOCK_H

#include <linux/mm_types.h>

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

#define pte_offset_map_lock(mm, pmd, address, ptlp)	\
({							\
	spinlock_t *__ptl = pte_lockptr(mm, pmd);	\
	pte_t *__ptep = pte_offset_map(pmd, address);	\
							\
	*(ptlp) = __ptl;				\
	spin_lock(__ptl);				\
	__ptep;						\
})

#define pte_unmap_unlock(ptep, ptl) do {		\
	spin_unlock(ptl);				\
	pte_unmap(ptep);				\
} while (0)

int __pte_alloc(struct mm_struct *mm, pmd_t *pmd, unsigned long address);

#define pte_alloc_map_lock(mm, pmd, address, ptlp)	\
	(__pte_alloc(mm, pmd, address) ?		\
		NULL : pte_offset_map_lock(mm, pmd, address, ptlp))

#endif /* _LINUX_PTLOCK_H */
