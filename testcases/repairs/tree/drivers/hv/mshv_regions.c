/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mshv_regions.c - memory of a partition that may move.
 */
#include "linux/mmu_notifier.h"

struct memory {
	struct mmu_interval_notifier mreg_mni;
	struct mutex mutex;
	unsigned long start, length;
};

void partition_unmap(struct memory *memory, unsigned long start, unsigned long end);

static bool memory_invalidate(struct mmu_interval_notifier *mni,
			      const struct mmu_notifier_range *range,
			      unsigned long cur_seq)
{
	struct memory *memory = container_of(mni, struct memory, mreg_mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&memory->mutex);
	mmu_interval_set_seq(mni, cur_seq);
	partition_unmap(memory, range->start, range->end);
	mutex_unlock(&memory->mutex);
	return true;
}

static const struct mmu_interval_notifier_ops memory_ops = {
	.invalidate = memory_invalidate,
};

bool memory_init(struct memory *memory, struct mm_struct *mm)
{
	int ret;

	ret = mmu_interval_notifier_insert(&memory->mreg_mni, mm, memory->start,
					   memory->length, &memory_ops);
	if (ret)
		return false;

	mutex_init(&memory->mutex);

	return true;
}
