// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/frontswap.c - a faster place in front of a swap device
 *
 * Its invalidate_page() is about a page on the device, not about an entry of a
 * page table.
 */

#include <linux/export.h>
#include <linux/frontswap.h>
#include <linux/kernel.h>

static struct frontswap_ops *frontswap_ops;

void frontswap_register_ops(struct frontswap_ops *ops)
{
	ops->next = frontswap_ops;
	frontswap_ops = ops;
}
EXPORT_SYMBOL(frontswap_register_ops);

/**
 * frontswap_invalidate_page - the page at @offset of device @type is stale
 */
void frontswap_invalidate_page(unsigned int type, pgoff_t offset)
{
	struct frontswap_ops *ops;

	for (ops = frontswap_ops; ops; ops = ops->next)
		ops->invalidate_page(type, offset);
}
EXPORT_SYMBOL(frontswap_invalidate_page);
