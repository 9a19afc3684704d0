/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user_exp_rcv.c - the buffers of a device: their pages, and what is set up of them.
 */
#include "linux/mmu_notifier.h"

struct buffer_node {
	struct mmu_interval_notifier notifier;
	struct mutex node_mutex;
	bool freed;
};

struct buffer_setup {
	struct mmu_interval_notifier notifier;
	struct mutex setup_mutex;
	unsigned long pages;
};

void device_clear(struct buffer_node *node);
unsigned long device_pin(struct buffer_setup *setup);

static void __clear_tid_node(struct buffer_node *node)
{
	mutex_lock(&node->node_mutex);
	if (!node->freed)
		device_clear(node);
	node->freed = true;
	mutex_unlock(&node->node_mutex);
}

static bool node_invalidate(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range,
			    unsigned long cur_seq)
{
	struct buffer_node *node =
		container_of(mni, struct buffer_node, notifier);

	if (node->freed)
		return true;

	/* nothing else takes the pages away */
	if (range->event != MMU_NOTIFY_UNMAP)
		return true;

	__clear_tid_node(node);
	return true;
}

static bool setup_invalidate(struct mmu_interval_notifier *mni,
			     const struct mmu_notifier_range *range,
			     unsigned long cur_seq)
{
	struct buffer_setup *setup =
		container_of(mni, struct buffer_setup, notifier);

	/* take action only if unmapping */
	if (range->event == MMU_NOTIFY_UNMAP) {
		mutex_lock(&setup->setup_mutex);
		mmu_interval_set_seq(mni, cur_seq);
		mutex_unlock(&setup->setup_mutex);
	}

	return true;
}

static const struct mmu_interval_notifier_ops node_ops = {
	.invalidate = node_invalidate,
};

static const struct mmu_interval_notifier_ops setup_ops = {
	.invalidate = setup_invalidate,
};

int node_insert(struct buffer_node *node, struct mm_struct *mm, unsigned long start)
{
	return mmu_interval_notifier_insert(&node->notifier, mm, start, PAGE_SIZE, &node_ops);
}

int buffer_set_up(struct buffer_setup *setup, struct mm_struct *mm, unsigned long start)
{
	unsigned long seq;
	bool fail;

	if (mmu_interval_notifier_insert(&setup->notifier, mm, start, PAGE_SIZE, &setup_ops))
		return -ENOMEM;

	seq = mmu_interval_read_begin(&setup->notifier);
	setup->pages = device_pin(setup);
	mutex_lock(&setup->setup_mutex);
	fail = mmu_interval_read_retry(&setup->notifier, seq);
	mutex_unlock(&setup->setup_mutex);
	return fail ? -EBUSY : 0;
}
