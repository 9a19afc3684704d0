// SPDX-License-Identifier: GPL-2.0-only
/*
 * mm/cleancache.c - a place for clean pages of files that had to go
 *
 * Its invalidate_page() is about a page of a file, not about an entry of a page
 * table.
 */

#include <linux/cleancache.h>
#include <linux/errno.h>
#include <linux/mm.h>

static const struct cleancache_ops *cleancache_ops;

int cleancache_register_ops(const struct cleancache_ops *ops)
{
	if (cleancache_ops)
		return -EBUSY;

	cleancache_ops = ops;
	return 0;
}
EXPORT_SYMBOL(cleancache_register_ops);

/**
 * cleancache_invalidate_page - the copy of a page, if any, is stale
 */
void cleancache_invalidate_page(struct address_space *mapping,
				struct page *page)
{
	u64 key = (unsigned long)mapping->host;

	if (cleancache_ops)
		cleancache_ops->invalidate_page(0, key, page->index);
}
EXPORT_SYMBOL(cleancache_invalidate_page);
