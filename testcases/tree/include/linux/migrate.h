/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MIGRATE_H
#define _LINUX_MIGRATE_H

#include <linux/mm.h>

void migrate_page_copy(struct page *newpage, struct page *page);
int migrate_misplaced_transhuge_page(struct mm_struct *mm,
				     struct vm_area_struct *vma, pmd_t *pmd,
				     pmd_t entry, unsigned long address,
				     struct page *page);

#endif /* _LINUX_MIGRATE_H */
