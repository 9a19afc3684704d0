// SPDX-License-Identifier: GPL-2.0-only
/*
 * returns.c - is a callback left alone that is done on a path that does not take the lock?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_done_where_it_may_not_sleep(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return true;
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_done_where_it_may_not_sleep_ops = {
	.invalidate = good_done_where_it_may_not_sleep,
};

static bool good_done_for_an_event(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	if (range->event == MMU_NOTIFY_CLEAR)
		return true;
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_done_for_an_event_ops = {
	.invalidate = good_done_for_an_event,
};

static bool good_jumps_over(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	if (!mirror->mm)
		goto out;
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
out:
	return true;
}

const struct mmu_interval_notifier_ops good_jumps_over_ops = {
	.invalidate = good_jumps_over,
};

static bool good_in_a_branch(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	if (range->event == MMU_NOTIFY_UNMAP) {
		mutex_lock(&mirror->lock);
		device_unmap(mirror, range->start, range->end);
		mutex_unlock(&mirror->lock);
	}
	return true;
}

const struct mmu_interval_notifier_ops good_in_a_branch_ops = {
	.invalidate = good_in_a_branch,
};

static bool good_in_a_loop(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	unsigned long addr;

	if (!mmu_notifier_range_blockable(range))
		return false;
	for (addr = range->start; addr < range->end; addr += PAGE_SIZE) {
		mutex_lock(&mirror->lock);
		device_unmap(mirror, addr, addr + PAGE_SIZE);
		mutex_unlock(&mirror->lock);
	}
	return true;
}

const struct mmu_interval_notifier_ops good_in_a_loop_ops = {
	.invalidate = good_in_a_loop,
};

static bool good_with_no_braces(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	if (mirror->mm)
		mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	if (mirror->mm)
		mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_with_no_braces_ops = {
	.invalidate = good_with_no_braces,
};

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
