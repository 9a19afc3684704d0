// SPDX-License-Identifier: GPL-2.0-only
/*
 * done-before.c - is a callback left alone that has done something before it could fail?
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "device.h"

static bool good_set_before(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mmu_interval_set_seq(mni, cur_seq);
	mutex_lock(&mirror->lock);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_set_before_ops = {
	.invalidate = good_set_before,
};

static bool good_called_before(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	device_note(mirror);
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_called_before_ops = {
	.invalidate = good_called_before,
};

static bool good_written_before(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror->mm = range->mm;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_written_before_ops = {
	.invalidate = good_written_before,
};

static bool good_written_through(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	unsigned long *where = (unsigned long *)mirror->mm;

	*where = range->start;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_written_through_ops = {
	.invalidate = good_written_through,
};

static unsigned long invalidations, last_start;

static bool good_counted_before(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	invalidations++;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_counted_before_ops = {
	.invalidate = good_counted_before,
};

static bool good_kept_before(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	last_start = range->start;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_kept_before_ops = {
	.invalidate = good_kept_before,
};

static bool good_in_a_condition(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (device_is_idle(mirror))
		return true;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_in_a_condition_ops = {
	.invalidate = good_in_a_condition,
};

static bool good_in_an_initialiser(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);
	unsigned long sequence = device_sequence(mirror);

	last_start = sequence;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	device_unmap(mirror, range->start, range->end);
	mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_in_an_initialiser_ops = {
	.invalidate = good_in_an_initialiser,
};

static bool good_in_a_branch(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (range->event == MMU_NOTIFY_UNMAP)
		mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (range->event == MMU_NOTIFY_UNMAP)
		mutex_unlock(&mirror->lock);
	return true;
}

const struct mmu_interval_notifier_ops good_in_a_branch_ops = {
	.invalidate = good_in_a_branch,
};

static bool good_in_a_loop(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	while (!mirror->mm) {
		mutex_lock(&mirror->lock);
		mmu_interval_set_seq(mni, cur_seq);
		mutex_unlock(&mirror->lock);
	}
	return true;
}

const struct mmu_interval_notifier_ops good_in_a_loop_ops = {
	.invalidate = good_in_a_loop,
};

static bool good_label(struct mmu_interval_notifier *mni,
		const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

again:
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	if (!device_is_idle(mirror))
		goto again;
	return true;
}

const struct mmu_interval_notifier_ops good_label_ops = {
	.invalidate = good_label,
};

