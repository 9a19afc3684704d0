/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/mm.h>

struct folio {
	struct page page;
};

struct page_vma_mapped_walk {
	unsigned long pfn;
	unsigned long nr_pages;
	pgoff_t pgoff;
	struct vm_area_struct *vma;
	unsigned long address;
	pmd_t *pmd;
	pte_t *pte;
	spinlock_t *ptl;
	unsigned int flags;
};

#define PVMW_SYNC	(1 << 0)

#define DEFINE_FOLIO_VMA_WALK(name, _folio, _vma, _address, _flags)	\
	struct page_vma_mapped_walk name = {				\
		.pfn = page_to_pfn(&(_folio)->page),			\
		.nr_pages = 1UL << compound_order(&(_folio)->page),	\
		.pgoff = (_folio)->page.index,				\
		.vma = _vma,						\
		.address = _address,					\
		.flags = _flags,					\
	}

bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw);

static inline void page_vma_mapped_walk_done(struct page_vma_mapped_walk *pvmw)
{
	if (pvmw->pte)
		pte_unmap(pvmw->pte);
	if (pvmw->ptl)
		spin_unlock(pvmw->ptl);
}

unsigned long vma_address_end(struct page_vma_mapped_walk *pvmw);

struct rmap_walk_control {
	void *arg;
	bool (*rmap_one)(struct folio *folio, struct vm_area_struct *vma,
			 unsigned long addr, void *arg);
};

void rmap_walk(struct folio *folio, struct rmap_walk_control *rwc);
void folio_put(struct folio *folio);
struct folio *vma_alloc_folio(struct vm_area_struct *vma,
			      unsigned long address);
void folio_add_new_anon_rmap(struct folio *folio, struct vm_area_struct *vma,
			     unsigned long address);
void folio_remove_rmap_pte(struct folio *folio, struct vm_area_struct *vma);

int folio_mkclean(struct folio *folio);
int wp_page_copy_folio(struct vm_fault *vmf, struct folio *old);
int collapse_huge_page(struct mm_struct *mm, struct vm_area_struct *vma,
		       unsigned long address, struct folio *folio);
int migrate_one(struct vm_area_struct *vma, unsigned long address,
		struct folio *folio);
void clear_huge_young(struct vm_area_struct *vma, unsigned long address);
int unmap_one(struct vm_area_struct *vma, unsigned long address, bool huge);

#endif /* _LINUX_RMAP_H */
