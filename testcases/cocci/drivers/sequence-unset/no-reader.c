// SPDX-License-Identifier: GPL-2.0-only
/*
 * no-reader.c - is a callback left alone where no reader of the file asks under its lock?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_no_reader(struct mmu_interval_notifier *mni,
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

const struct mmu_interval_notifier_ops good_no_reader_ops = {
	.invalidate = good_no_reader,
};

bool mirror_moved(struct mirror *mirror, unsigned long seq)
{
	mutex_lock(&mirror->lock);
	mutex_unlock(&mirror->lock);
	return mmu_interval_read_retry(&mirror->mni, seq);
}
