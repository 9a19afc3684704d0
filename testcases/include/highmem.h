/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * highmem.h - short mappings of a page, under which sleeping is not allowed.
 */
#ifndef TEST_HIGHMEM_H
#define TEST_HIGHMEM_H

#include "mm.h"

void *page_address(const struct page *page);

static inline void *kmap_atomic(struct page *page)
{
	preempt_disable();
	return page_address(page);
}

static inline void __kunmap_atomic(void *addr)
{
	(void)addr;
	preempt_enable();
}

#define kunmap_atomic(addr)	do { __kunmap_atomic(addr); } while (0)

void *kmap(struct page *page);
void kunmap(struct page *page);
void clear_page(void *page);
void copy_highpage(struct page *to, struct page *from);
void copy_user_highpage(struct page *to, struct page *from, unsigned long addr,
			struct vm_area_struct *vma);

#endif /* TEST_HIGHMEM_H */
