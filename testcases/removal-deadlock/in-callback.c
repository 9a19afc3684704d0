/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * in-callback.c - is a removal found that waits for the callback in which it is called, and only that?
 */
#include "era-d2/mmu_notifier.h"
#include "interval.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mmu_notifier mn;
	struct mutex lock;
	struct mm_struct *mm;
	struct mmu_interval_notifier *other;
	struct work_struct removal;
};

static void set_seq(struct mirror *mirror, unsigned long seq)
{
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, seq);
	mutex_unlock(&mirror->lock);
}

bool bad_removes(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		 unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(container_of(mni, struct mirror, mni), cur_seq);
	mmu_interval_notifier_remove(mni); /* warn(removal-deadlock:removed-in-callback) */
	return true;
}

/* the sequence is even again when the callback has returned */
bool bad_reads(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(container_of(mni, struct mirror, mni), cur_seq);
	return mmu_interval_read_begin(mni); /* warn(removal-deadlock:removed-in-callback) */
}

/* of an mm that nobody may be invalidating */
bool good_reads_of_another(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
			   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(mirror, cur_seq);
	return mmu_interval_read_begin(mirror->other);
}

/* another notifier than its own, but all of them wait for each other */
static void forget(struct mirror *mirror)
{
	mmu_notifier_unregister(&mirror->mn, mirror->mm); /* warn(removal-deadlock:removed-in-callback) */
}

bool bad_in_helper(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(mirror, cur_seq);
	forget(mirror);
	return true;
}

bool good_leaves_it_to_work(struct mmu_interval_notifier *mni,
			    const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	set_seq(mirror, cur_seq);
	schedule_work(&mirror->removal);
	return true;
}

static void bad_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	mmu_notifier_unregister(mn, mm); /* warn(removal-deadlock:removed-in-callback) */
}

static int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	if (!mmu_notifier_range_blockable(range))
		return -11;
	mmu_notifier_synchronize(); /* warn(removal-deadlock:removed-in-callback) */
	return 0;
}

const struct mmu_notifier_ops mirror_ops = {
	.release = bad_release,
	.invalidate_range_start = bad_start,
};

void good_closes(struct mirror *mirror)
{
	mmu_notifier_unregister(&mirror->mn, mirror->mm);
	mmu_interval_notifier_remove(&mirror->mni);
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_removes);
OPS(bad_reads);
OPS(good_reads_of_another);
OPS(bad_in_helper);
OPS(good_leaves_it_to_work);
