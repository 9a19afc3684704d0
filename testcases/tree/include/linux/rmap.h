/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/mm.h>

enum ttu_flags {
	TTU_UNMAP		= 1,
	TTU_MIGRATION		= 2,
	TTU_MUNLOCK		= 4,
	TTU_SPLIT_HUGE_PMD	= 8,
	TTU_IGNORE_MLOCK	= 1 << 8,
	TTU_IGNORE_ACCESS	= 1 << 9,
	TTU_BATCH_FLUSH		= 1 << 11,
};

struct page_vma_mapped_walk {
	struct page *page;
	struct vm_area_struct *vma;
	unsigned long address;
	pmd_t *pmd;
	pte_t *pte;
	spinlock_t *ptl;
	unsigned int flags;
};

#define PVMW_SYNC	(1 << 0)

/* true: the page is mapped at ->address, ->ptl is held */
bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw);

static inline void page_vma_mapped_walk_done(struct page_vma_mapped_walk *pvmw)
{
	if (pvmw->pte)
		pte_unmap(pvmw->pte);
	if (pvmw->ptl)
		spin_unlock(pvmw->ptl);
}

struct rmap_walk_control {
	void *arg;
	bool (*rmap_one)(struct page *page, struct vm_area_struct *vma,
			 unsigned long addr, void *arg);
	int (*done)(struct page *page);
	bool (*invalid_vma)(struct vm_area_struct *vma, void *arg);
};

void rmap_walk(struct page *page, struct rmap_walk_control *rwc);

void page_add_anon_rmap(struct page *page, struct vm_area_struct *vma,
			unsigned long address, bool compound);
void page_add_new_anon_rmap(struct page *page, struct vm_area_struct *vma,
			    unsigned long address, bool compound);
void page_remove_rmap(struct page *page, bool compound);
int page_mkclean(struct page *page);
bool try_to_unmap(struct page *page, enum ttu_flags flags);
int page_referenced(struct page *page, int is_locked);

#endif /* _LINUX_RMAP_H */
