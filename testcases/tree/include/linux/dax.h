/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DAX_H
#define _LINUX_DAX_H

#include <linux/fs.h>
#include <linux/mm.h>

void dax_flush_entry(struct address_space *mapping, pgoff_t index,
		     unsigned long pfn);
void wb_cache_pmem(void *addr, size_t size);

#endif /* _LINUX_DAX_H */
