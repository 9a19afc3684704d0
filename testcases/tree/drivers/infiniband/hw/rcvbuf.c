// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/infiniband/hw/rcvbuf.c - a cache of pinned receive buffers
 *
 * Both callbacks go through one helper, which only takes a spinlock.
 */

#include <linux/interval_tree.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct rcvbuf_handler {
	struct mmu_notifier mn;
	struct rb_root root;
	spinlock_t lock;
	unsigned long dropped;
};

int rcvbuf_register(struct rcvbuf_handler *handler, struct mm_struct *mm);

static void rcvbuf_notifier_page(struct mmu_notifier *mn,
				 struct mm_struct *mm, unsigned long address);
static void rcvbuf_notifier_range_start(struct mmu_notifier *mn,
					struct mm_struct *mm,
					unsigned long start,
					unsigned long end);

static const struct mmu_notifier_ops rcvbuf_ops = {
	.invalidate_page = /* warn(ops-invalidate-page:ops-beside) */ rcvbuf_notifier_page,
	.invalidate_range_start = rcvbuf_notifier_range_start,
};

static void rcvbuf_notifier_mem(struct mmu_notifier *mn, unsigned long start,
				unsigned long end)
{
	struct rcvbuf_handler *handler =
		container_of(mn, struct rcvbuf_handler, mn);
	struct interval_tree_node *node, *next;

	spin_lock(&handler->lock);
	for (node = interval_tree_iter_first(&handler->root, start, end - 1);
	     node; node = next) {
		next = interval_tree_iter_next(node, start, end - 1);
		interval_tree_remove(node, &handler->root);
		handler->dropped++;
	}
	spin_unlock(&handler->lock);
}

static void rcvbuf_notifier_page(struct mmu_notifier *mn,
				 struct mm_struct *mm, unsigned long address)
{
	rcvbuf_notifier_mem(mn, address, address + PAGE_SIZE);
}

static void rcvbuf_notifier_range_start(struct mmu_notifier *mn,
					struct mm_struct *mm,
					unsigned long start,
					unsigned long end)
{
	rcvbuf_notifier_mem(mn, start, end);
}

int rcvbuf_register(struct rcvbuf_handler *handler, struct mm_struct *mm)
{
	spin_lock_init(&handler->lock);
	handler->mn.ops = &rcvbuf_ops;
	return mmu_notifier_register(&handler->mn, mm);
}

MODULE_DESCRIPTION("Pinned receive buffers");
MODULE_LICENSE("GPL");
