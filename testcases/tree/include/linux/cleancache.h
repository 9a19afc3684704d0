/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CLEANCACHE_H
#define _LINUX_CLEANCACHE_H

#include <linux/fs.h>

struct cleancache_ops {
	int (*init_fs)(size_t pagesize);
	int (*get_page)(int pool, u64 key, pgoff_t index, struct page *page);
	void (*put_page)(int pool, u64 key, pgoff_t index, struct page *page);
	void (*invalidate_page)(int pool, u64 key, pgoff_t index);
	void (*invalidate_inode)(int pool, u64 key);
};

int cleancache_register_ops(const struct cleancache_ops *ops);
void cleancache_invalidate_page(struct address_space *mapping,
				struct page *page);

#endif /* _LINUX_CLEANCACHE_H */
