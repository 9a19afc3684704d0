/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rmap.h - from a page to the entries that map it.
 *
 * page_vma_mapped_walk() returns true with pvmw->ptl held; it drops the lock
 * when it returns false, and page_vma_mapped_walk_done() does when the walk is left
 * early. rmap_one is called once for each area that maps the page.
 */
#ifndef TEST_RMAP_H
#define TEST_RMAP_H

#include "mm.h"

struct page_vma_mapped_walk {
	struct page *page;
	struct vm_area_struct *vma;
	unsigned long address;
	pmd_t *pmd;
	pte_t *pte;
	spinlock_t *ptl;
	unsigned int flags;
};

bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw);

static inline void page_vma_mapped_walk_done(struct page_vma_mapped_walk *pvmw)
{
	if (pvmw->pte)
		(void)pvmw->pte;
	if (pvmw->ptl)
		spin_unlock(pvmw->ptl);
}

struct rmap_walk_control {
	void *arg;
	bool (*rmap_one)(struct page *page, struct vm_area_struct *vma,
			 unsigned long addr, void *arg);
	int (*done)(struct page *page);
};

void rmap_walk(struct page *page, struct rmap_walk_control *rwc);

#endif /* TEST_RMAP_H */
