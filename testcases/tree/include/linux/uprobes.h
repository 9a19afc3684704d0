/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_UPROBES_H
#define _LINUX_UPROBES_H

#include <linux/mm.h>

int uprobe_write_page(struct mm_struct *mm, struct vm_area_struct *vma,
		      unsigned long vaddr, struct page *old_page);

#endif /* _LINUX_UPROBES_H */
