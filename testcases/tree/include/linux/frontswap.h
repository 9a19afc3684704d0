/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FRONTSWAP_H
#define _LINUX_FRONTSWAP_H

#include <linux/mm_types.h>

struct frontswap_ops {
	void (*init)(unsigned int type);
	int (*store)(unsigned int type, pgoff_t offset, struct page *page);
	int (*load)(unsigned int type, pgoff_t offset, struct page *page);
	void (*invalidate_page)(unsigned int type, pgoff_t offset);
	void (*invalidate_area)(unsigned int type);
	struct frontswap_ops *next;
};

void frontswap_register_ops(struct frontswap_ops *ops);
void frontswap_invalidate_page(unsigned int type, pgoff_t offset);

#endif /* _LINUX_FRONTSWAP_H */
