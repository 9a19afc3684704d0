// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/gpu/vgpu_mn.c - user memory as buffers of a graphics unit
 *
 * The callbacks take a mutex and wait for the unit.
 */

#include <linux/interval_tree.h>
#include <linux/list.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>

struct vgpu_mn {
	struct mmu_notifier mn;
	struct mm_struct *mm;
	struct mutex lock;
	struct rb_root objects;
};

struct vgpu_bo {
	struct list_head mn_list;
	unsigned long first, last;
};

struct vgpu_mn_node {
	struct interval_tree_node it;
	struct list_head bos;
};

long vgpu_bo_wait_idle(struct vgpu_bo *bo);
int vgpu_bo_unbind(struct vgpu_bo *bo);
int vgpu_mn_register(struct vgpu_mn *vmn, struct mm_struct *mm);

static void vgpu_mn_invalidate_node(struct vgpu_mn_node *node,
				    unsigned long start, unsigned long end)
{
	struct vgpu_bo *bo;

	list_for_each_entry(bo, &node->bos, mn_list) {
		if (bo->first > end || bo->last < start)
			continue;
		if (vgpu_bo_wait_idle(bo) <= 0)
			pr_err("vgpu: a user buffer stays busy\n");
		if (vgpu_bo_unbind(bo))
			pr_err("vgpu: a user buffer stays bound\n");
	}
}

/**
 * vgpu_mn_invalidate_page - one page of user memory goes away
 * @mn: our notifier
 * @mm: the address space
 * @address: the page
 *
 * Waits until the unit no longer uses the buffers in it and unbinds them.
 */
static void vgpu_mn_invalidate_page(struct mmu_notifier *mn,
				    struct mm_struct *mm,
				    unsigned long address)
{
	struct vgpu_mn *vmn = container_of(mn, struct vgpu_mn, mn);
	struct interval_tree_node *it;

	mutex_lock(&vmn->lock); /* warn(callback-sleeps): 'mutex_lock()' may sleep */
	it = interval_tree_iter_first(&vmn->objects, address, address);
	if (it)
		vgpu_mn_invalidate_node(container_of(it, struct vgpu_mn_node,
						     it), address, address);
	mutex_unlock(&vmn->lock);
}

/**
 * vgpu_mn_invalidate_range_start - a range of user memory goes away
 * @mn: our notifier
 * @mm: the address space
 * @start: where it starts
 * @end: behind its last byte
 */
static void vgpu_mn_invalidate_range_start(struct mmu_notifier *mn,
					   struct mm_struct *mm,
					   unsigned long start,
					   unsigned long end)
{
	struct vgpu_mn *vmn = container_of(mn, struct vgpu_mn, mn);
	struct interval_tree_node *it;

	/* the tree counts the last byte in */
	end -= 1;

	mutex_lock(&vmn->lock);
	it = interval_tree_iter_first(&vmn->objects, start, end);
	while (it) {
		struct vgpu_mn_node *node;

		node = container_of(it, struct vgpu_mn_node, it);
		it = interval_tree_iter_next(it, start, end);
		vgpu_mn_invalidate_node(node, start, end);
	}
	mutex_unlock(&vmn->lock);
}

static void vgpu_mn_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	vgpu_mn_invalidate_range_start(mn, mm, 0, ULONG_MAX);
}

static const struct mmu_notifier_ops vgpu_mn_ops = {
	.release = vgpu_mn_release,
	.invalidate_page = /* warn(ops-invalidate-page:ops-beside) */ vgpu_mn_invalidate_page,
	.invalidate_range_start = vgpu_mn_invalidate_range_start,
};

int vgpu_mn_register(struct vgpu_mn *vmn, struct mm_struct *mm)
{
	mutex_init(&vmn->lock);
	vmn->mm = mm;
	vmn->mn.ops = &vgpu_mn_ops;
	return mmu_notifier_register(&vmn->mn, mm);
}

MODULE_DESCRIPTION("User memory as graphics buffers");
MODULE_LICENSE("GPL");
