// SPDX-License-Identifier: GPL-2.0-only
/*
 * frontswap.c - are the functions of frontswap left alone?
 */
#include <linux/mmu_notifier.h>

struct frontswap_ops {
	void (*invalidate_page)(unsigned int type, pgoff_t offset);
};

void __frontswap_invalidate_page(unsigned int type, pgoff_t offset)
{
	ops->invalidate_page(type, offset);
}
EXPORT_SYMBOL(__frontswap_invalidate_page);
