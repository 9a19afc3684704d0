// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/misc/ramcache.c - keeps swapped and clean pages in spare memory
 */

#include <linux/cleancache.h>
#include <linux/frontswap.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(ramcache_lock);
static unsigned long ramcache_pages;

static void ramcache_forget(u64 key, pgoff_t index)
{
	spin_lock(&ramcache_lock);
	if (ramcache_pages && key + index)
		ramcache_pages--;
	spin_unlock(&ramcache_lock);
}

static void ramcache_swap_invalidate_page(unsigned int type, pgoff_t offset)
{
	ramcache_forget(type, offset);
}

static struct frontswap_ops ramcache_frontswap_ops = {
	.invalidate_page = ramcache_swap_invalidate_page,
};

static void ramcache_file_invalidate_page(int pool, u64 key, pgoff_t index)
{
	ramcache_forget(key, index);
}

static const struct cleancache_ops ramcache_cleancache_ops = {
	.invalidate_page = ramcache_file_invalidate_page,
};

int ramcache_init(void);

int ramcache_init(void)
{
	frontswap_register_ops(&ramcache_frontswap_ops);
	return cleancache_register_ops(&ramcache_cleancache_ops);
}

MODULE_DESCRIPTION("Spare memory for swapped and clean pages");
MODULE_LICENSE("GPL");
