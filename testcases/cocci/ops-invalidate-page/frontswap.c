// SPDX-License-Identifier: GPL-2.0-only
/*
 * frontswap.c - is another structure silent?
 */
#include <linux/mmu_notifier.h>

static struct frontswap_ops swap_ops = {
	.store = store,
	.invalidate_page = drop_page,
};

static const struct cleancache_ops cache_ops = {
	.invalidate_page = drop_cached,
};
