/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KSM_H
#define _LINUX_KSM_H

#include <linux/mm.h>

int ksm_merge_page(struct vm_area_struct *vma, struct page *page,
		   struct page *kpage);
int ksm_pages_differ(struct page *page, struct page *kpage);

#endif /* _LINUX_KSM_H */
