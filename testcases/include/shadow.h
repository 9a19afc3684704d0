/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * shadow.h - a device that shadows page tables, and what it is told to invalidate.
 */
#ifndef TEST_SHADOW_H
#define TEST_SHADOW_H

#include "sleep.h"

#define SHADOW_SHIFT	21
#define SHADOW_SIZE	(1UL << SHADOW_SHIFT)
#define SHADOW_MASK	(~(SHADOW_SIZE - 1))

#define ALIGN(x, a)		(((x) + (a) - 1) & ~((a) - 1))
#define ALIGN_DOWN(x, a)	((x) & ~((a) - 1))
#define PAGE_ALIGN(x)		ALIGN(x, PAGE_SIZE)
#define round_up(x, y)		((((x) - 1) | ((y) - 1)) + 1)
#define DIV_ROUND_UP(x, y)	(((x) + (y) - 1) / (y))

struct interval_tree_node {
	unsigned long start, last;
};

struct rb_root_cached;

struct interval_tree_node *interval_tree_iter_first(struct rb_root_cached *root,
						    unsigned long start, unsigned long last);
struct interval_tree_node *interval_tree_iter_next(struct interval_tree_node *node,
						   unsigned long start, unsigned long last);

struct shadow {
	struct mmu_notifier mn;
	struct mmu_interval_notifier mni;
	spinlock_t update;
	struct vm_area_struct *vma;
	struct rb_root_cached *objects;
	unsigned long start, end, page_size, order;
	unsigned long done_start, done_end;
};

/* of another file: they invalidate, and do not sleep */
void shadow_flush(struct shadow *shadow, unsigned long start, unsigned long size);
void shadow_flush_pages(struct shadow *shadow, unsigned long start, unsigned long pages);
void shadow_flush_page(struct shadow *shadow, unsigned long addr);
void shadow_flush_all(struct shadow *shadow);
void shadow_evict(struct interval_tree_node *node);

#endif /* TEST_SHADOW_H */
