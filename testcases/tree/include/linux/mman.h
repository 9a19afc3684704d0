/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

#include <linux/mm.h>

unsigned long change_protection(struct vm_area_struct *vma,
				unsigned long start, unsigned long end,
				pgprot_t newprot);
unsigned long move_page_tables(struct vm_area_struct *vma,
			       unsigned long old_addr,
			       struct vm_area_struct *new_vma,
			       unsigned long new_addr, unsigned long len,
			       bool need_rmap_locks);
int madvise_free_single_vma(struct vm_area_struct *vma, unsigned long start,
			    unsigned long end);

#endif /* _LINUX_MMAN_H */
