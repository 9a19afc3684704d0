/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * other-structures.c - is a member of this name left alone in another structure?
 *
 * Caches of swapped and clean pages have one, as had the swap devices in memory.
 */
#include "era-c/mmu_notifier.h"

struct frontswap_ops {
	void (*init)(unsigned type);
	void (*invalidate_page)(unsigned type, unsigned long offset);
};

struct cleancache_ops {
	void (*invalidate_page)(int pool, unsigned long index);
	void (*invalidate_fs)(int pool);
};

struct address_space_operations {
	void (*invalidate_page)(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long address);
};

struct cache {
	struct mmu_notifier_ops ops;
	struct frontswap_ops swap;
};

void cache_drop(unsigned type, unsigned long offset);

static void drop_swap(unsigned type, unsigned long offset)
{
	cache_drop(type, offset);
}

static void drop_clean(int pool, unsigned long index)
{
	cache_drop((unsigned)pool, index);
}

static void drop_mapping(struct mmu_notifier *mn, struct mm_struct *mm,
			 unsigned long address)
{
	cache_drop(0, address);
}

static void range(struct mmu_notifier *mn, struct mm_struct *mm,
		       unsigned long start, unsigned long end)
{
	cache_drop(0, start);
}

static void page_ours(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long address)
{
	cache_drop(1, address);
}

const struct frontswap_ops good_swap = {
	.invalidate_page = drop_swap,
};

const struct cleancache_ops good_clean = {
	.invalidate_page = drop_clean,
};

const struct address_space_operations good_mapping = {
	.invalidate_page = drop_mapping,
};

/* both in one variable: the swap's is the one that is set */
struct cache good_both = {
	.ops = {
		.invalidate_range = range,
	},
	.swap = {
		.invalidate_page = drop_swap,
	},
};

/* the twin: ours is */
struct cache bad_twin = {
	.ops = {
		.invalidate_page = page_ours, /* warn(ops-invalidate-page:ops-alone) */
	},
	.swap = {
		.invalidate_page = drop_swap,
	},
};

void good_assigned(struct cache *cache)
{
	cache->swap.invalidate_page = drop_swap;
}
