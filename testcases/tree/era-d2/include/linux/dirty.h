/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DIRTY_H
#define _LINUX_DIRTY_H

#include <linux/mm.h>

unsigned long wp_shared_mapping_range(struct vm_area_struct *vma,
				      unsigned long start, unsigned long end);
bool reap_vma(struct mmu_gather *tlb, struct vm_area_struct *vma);
int migrate_huge_entry(struct vm_area_struct *vma, pmd_t *pmd,
		       unsigned long address, struct page *to);
int soft_dirty_page(struct vm_area_struct *vma, unsigned long address,
		    bool quiet);
void replace_pages(struct vm_area_struct *vma, unsigned long start,
		   unsigned long end, struct page *zero);

#endif /* _LINUX_DIRTY_H */
