// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/gpu/userptr.c - another way of user memory as buffers
 *
 * One callback is enough: what is stale is looked at before its next use.
 */

#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>

struct userptr {
	struct mmu_notifier mn;
	struct mutex lock;
	unsigned long first, last;
	bool stale;
};

int userptr_register(struct userptr *up, struct mm_struct *mm);

static void userptr_invalidate_range_start(struct mmu_notifier *mn,
					   struct mm_struct *mm,
					   unsigned long start,
					   unsigned long end)
{
	struct userptr *up = container_of(mn, struct userptr, mn);

	mutex_lock(&up->lock);
	if (start <= up->last && end > up->first)
		up->stale = true;
	mutex_unlock(&up->lock);
}

static const struct mmu_notifier_ops userptr_ops = {
	.invalidate_range_start = userptr_invalidate_range_start,
};

int userptr_register(struct userptr *up, struct mm_struct *mm)
{
	mutex_init(&up->lock);
	up->mn.ops = &userptr_ops;
	return mmu_notifier_register(&up->mn, mm);
}

MODULE_DESCRIPTION("Another way of user memory as graphics buffers");
MODULE_LICENSE("GPL");
