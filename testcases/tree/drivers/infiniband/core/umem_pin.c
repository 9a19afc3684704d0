// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/infiniband/core/umem_pin.c - user memory for remote access
 *
 * All callbacks take a semaphore.
 */

#include <linux/interval_tree.h>
#include <linux/kernel.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/rwsem.h>

struct umem_context {
	struct rw_semaphore umem_rwsem;
	struct rb_root umem_tree;
	struct mmu_notifier mn;
	void (*invalidate)(struct interval_tree_node *item,
			   unsigned long start, unsigned long end);
	int users;
};

typedef int (*umem_call_back)(struct umem_context *context,
			      struct interval_tree_node *item,
			      unsigned long start, unsigned long end);

int umem_context_register(struct umem_context *context, struct mm_struct *mm);

static int umem_for_each_in_range(struct umem_context *context,
				  unsigned long start, unsigned long end,
				  umem_call_back cb)
{
	struct interval_tree_node *item;
	int ret = 0;

	for (item = interval_tree_iter_first(&context->umem_tree, start,
					     end - 1);
	     item;
	     item = interval_tree_iter_next(item, start, end - 1))
		ret |= cb(context, item, start, end);

	return ret;
}

static int release_trampoline(struct umem_context *context,
			      struct interval_tree_node *item,
			      unsigned long start, unsigned long end)
{
	context->invalidate(item, item->start, item->last + 1);
	return 0;
}

static void umem_notifier_release(struct mmu_notifier *mn,
				  struct mm_struct *mm)
{
	struct umem_context *context = container_of(mn, struct umem_context, mn);

	down_read(&context->umem_rwsem);
	umem_for_each_in_range(context, 0, ULONG_MAX, release_trampoline);
	up_read(&context->umem_rwsem);
}

static int invalidate_page_trampoline(struct umem_context *context,
				      struct interval_tree_node *item,
				      unsigned long start, unsigned long end)
{
	context->users++;
	context->invalidate(item, start, start + PAGE_SIZE);
	context->users--;
	return 0;
}

static void umem_notifier_invalidate_page(struct mmu_notifier *mn,
					  struct mm_struct *mm,
					  unsigned long address)
{
	struct umem_context *context = container_of(mn, struct umem_context, mn);

	if (!context->invalidate)
		return;

	down_read(&context->umem_rwsem); /* warn(callback-sleeps): 'down_read()' may sleep */
	umem_for_each_in_range(context, address, address + PAGE_SIZE,
			       invalidate_page_trampoline);
	up_read(&context->umem_rwsem);
}

static int invalidate_range_start_trampoline(struct umem_context *context,
					     struct interval_tree_node *item,
					     unsigned long start,
					     unsigned long end)
{
	context->users++;
	context->invalidate(item, start, end);
	return 0;
}

static void umem_notifier_invalidate_range_start(struct mmu_notifier *mn,
						 struct mm_struct *mm,
						 unsigned long start,
						 unsigned long end)
{
	struct umem_context *context = container_of(mn, struct umem_context, mn);

	if (!context->invalidate)
		return;

	down_read(&context->umem_rwsem);
	umem_for_each_in_range(context, start, end,
			       invalidate_range_start_trampoline);
	up_read(&context->umem_rwsem);
}

static int invalidate_range_end_trampoline(struct umem_context *context,
					   struct interval_tree_node *item,
					   unsigned long start,
					   unsigned long end)
{
	context->users--;
	return 0;
}

static void umem_notifier_invalidate_range_end(struct mmu_notifier *mn,
					       struct mm_struct *mm,
					       unsigned long start,
					       unsigned long end)
{
	struct umem_context *context = container_of(mn, struct umem_context, mn);

	if (!context->invalidate)
		return;

	down_read(&context->umem_rwsem);
	umem_for_each_in_range(context, start, end,
			       invalidate_range_end_trampoline);
	up_read(&context->umem_rwsem);
}

static const struct mmu_notifier_ops umem_notifiers = {
	.release		= umem_notifier_release,
	.invalidate_page	= /* warn(ops-invalidate-page:ops-beside) */ umem_notifier_invalidate_page,
	.invalidate_range_start	= umem_notifier_invalidate_range_start,
	.invalidate_range_end	= umem_notifier_invalidate_range_end,
};

int umem_context_register(struct umem_context *context, struct mm_struct *mm)
{
	init_rwsem(&context->umem_rwsem);
	context->mn.ops = &umem_notifiers;
	return mmu_notifier_register(&context->mn, mm);
}
EXPORT_SYMBOL_GPL(umem_context_register);

MODULE_DESCRIPTION("User memory for remote access");
MODULE_LICENSE("GPL");
