// SPDX-License-Identifier: GPL-2.0-only
/*
 * tree.c - is the end found where an interval tree takes the last address?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"
#include "numbers.h"

static bool bad_tree(struct mmu_interval_notifier *mni,
		     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	node = interval_tree_iter_first(shadow->objects, range->start, range->end); /* warn(range-arithmetic): callback 'invalidate' counts the end of its range, which is exclusive, as a part of it */
	if (node)
		shadow_evict(node);
	spin_unlock(&shadow->update);
	return true;
}

static bool bad_next(struct mmu_interval_notifier *mni,
		     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	for (node = interval_tree_iter_first(shadow->objects, range->start, range->end - 1);
	     node;
	     node = interval_tree_iter_next(node, range->start,
					    range->end)) /* warn(range-arithmetic): callback 'invalidate' counts the end of its range, which is exclusive, as a part of it */
		shadow_evict(node);
	spin_unlock(&shadow->update);
	return true;
}

static bool bad_copy(struct mmu_interval_notifier *mni,
		     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;
	unsigned long end = range->end;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	node = interval_tree_iter_first(shadow->objects, shadow->start, end); /* warn(range-arithmetic): callback 'invalidate' counts the end of its range, which is exclusive, as a part of it */
	if (node)
		shadow_evict(node);
	spin_unlock(&shadow->update);
	return true;
}

static bool good_tree(struct mmu_interval_notifier *mni,
		      const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;
	unsigned long last = range->end - 1;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	node = interval_tree_iter_first(shadow->objects, range->start, last);
	if (node)
		shadow_evict(node);
	node = interval_tree_iter_first(shadow->objects, range->start, range->end - 1);
	if (node)
		shadow_evict(node);
	node = interval_tree_iter_first(shadow->objects, range->end, range->end + PAGE_SIZE);
	if (node)
		shadow_evict(node);
	spin_unlock(&shadow->update);
	return true;
}

const struct mmu_interval_notifier_ops bad_tree_ops = {
	.invalidate = bad_tree,
};

const struct mmu_interval_notifier_ops bad_next_ops = {
	.invalidate = bad_next,
};

const struct mmu_interval_notifier_ops bad_copy_ops = {
	.invalidate = bad_copy,
};

const struct mmu_interval_notifier_ops good_tree_ops = {
	.invalidate = good_tree,
};
