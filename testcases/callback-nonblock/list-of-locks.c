/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * list-of-locks.c - is a lock of an earlier round of a loop
 * still known to be held, unless each round drops it?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct node {
	struct node *next;
	struct mutex lock;
	bool busy, fast, young;
};

struct mirror {
	struct mmu_notifier mn;
	struct node *nodes;
};

void unmap_node(struct node *node, unsigned long start, unsigned long end);

int bad_keeps_all(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct node *node;

	for (node = mirror->nodes; node; node = node->next) {
		if (blockable)
			mutex_lock(&node->lock);
		else if (!mutex_trylock(&node->lock))
			return -EAGAIN; /* warn(callback-nonblock): is still held */
		unmap_node(node, start, end);
	}
	return 0;
}

int good_drops_each(struct mmu_notifier *mn, struct mm_struct *mm,
		    unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct node *node;

	for (node = mirror->nodes; node; node = node->next) {
		if (blockable)
			mutex_lock(&node->lock);
		else if (!mutex_trylock(&node->lock))
			return -EAGAIN;
		unmap_node(node, start, end);
		mutex_unlock(&node->lock);
	}
	return 0;
}

int good_drops_all(struct mmu_notifier *mn, struct mm_struct *mm,
		   unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct node *node;

	for (node = mirror->nodes; node; node = node->next)
		if (mutex_trylock(&node->lock))
			unmap_node(node, start, end);
	for (node = mirror->nodes; node; node = node->next)
		mutex_unlock(&node->lock);
	return 0;
}

int bad_some_of_them(struct mmu_notifier *mn, struct mm_struct *mm,
		     unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct node *node;

	for (node = mirror->nodes; node; node = node->next) {
		if (node->fast && !mutex_trylock(&node->lock))
			continue;
		if (node->next && node->next->young && !mutex_trylock(&node->next->lock))
			continue;
		if (node->busy && !blockable)
			return -EAGAIN; /* warn(callback-nonblock): is still held */
		unmap_node(node, start, end);
		if (node->young)
			mutex_unlock(&node->lock);
	}
	return 0;
}

const struct mmu_notifier_ops ops_bad_keeps_all = {
	.invalidate_range_start = bad_keeps_all,
};

const struct mmu_notifier_ops ops_good_drops_each = {
	.invalidate_range_start = good_drops_each,
};

const struct mmu_notifier_ops ops_good_drops_all = {
	.invalidate_range_start = good_drops_all,
};

const struct mmu_notifier_ops ops_bad_some_of_them = {
	.invalidate_range_start = bad_some_of_them,
};
