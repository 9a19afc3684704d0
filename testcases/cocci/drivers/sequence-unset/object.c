// SPDX-License-Identifier: GPL-2.0-only
/*
 * object.c - is a callback left alone whose lock may be that of another object, or that the driver calls?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

struct node {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	struct node *parent;
	struct mirror *mirror;
};

static bool good_of_parent(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct node *node = container_of(mni, struct node, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&node->parent->lock);
	device_unmap(node->mirror, range->start, range->end);
	mutex_unlock(&node->parent->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_of_parent_ops = {
	.invalidate = good_of_parent,
};

static bool good_of_variable(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct node *node = container_of(mni, struct node, mni), *parent = node->parent;

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&parent->lock);
	device_unmap(node->mirror, range->start, range->end);
	mutex_unlock(&parent->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_of_variable_ops = {
	.invalidate = good_of_variable,
};

static bool good_called(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_called_ops = {
	.invalidate = good_called,
};

void mirror_drop(struct mirror *mirror, struct mmu_notifier_range *range)
{
	good_called(&mirror->mni, range, 0);
}

int node_fault(struct node *node, struct hmm_range *range)
{
	range->notifier_seq = mmu_interval_read_begin(&node->mni);
	if (hmm_range_fault(range))
		return -1;
	mutex_lock(&node->lock);
	if (!mmu_interval_read_retry(&node->mni, range->notifier_seq))
		mirror_program(node->mirror, range);
	mutex_unlock(&node->lock);
	return 0;
}

int mirror_fault(struct mirror *mirror, struct hmm_range *range)
{
	int ret;

again:
	range->notifier_seq = mmu_interval_read_begin(&mirror->mni);
	ret = hmm_range_fault(range);
	if (ret)
		return ret;
	mutex_lock(&mirror->lock);
	if (mmu_interval_read_retry(&mirror->mni, range->notifier_seq)) {
		mutex_unlock(&mirror->lock);
		goto again;
	}
	mirror_program(mirror, range);
	mutex_unlock(&mirror->lock);
	return 0;
}
