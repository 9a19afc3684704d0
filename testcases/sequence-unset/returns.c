/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * returns.c - is a return of an interval callback found that says that it is done, with no sequence set on the
 * way there?
 */
#include "era-d2/mmu_notifier.h"
#include "mutex.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	void *dev;
	bool valid;
};

bool bad_where_it_may_not_sleep(struct mmu_interval_notifier *mni,
				const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return true; /* warn(sequence-unset:sequence-unset) */
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_for_other_events(struct mmu_interval_notifier *mni,
			  const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	if (range->event == MMU_NOTIFY_UNMAP) {
		mutex_lock(&mirror->lock);
		mmu_interval_set_seq(mni, cur_seq);
		mutex_unlock(&mirror->lock);
	}
	return true; /* warn(sequence-unset:sequence-unset) */
}

bool bad_never(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
	return true; /* warn(sequence-unset:sequence-unset) */
}

static void set_if_valid(struct mirror *mirror, unsigned long seq)
{
	if (mirror->valid)
		mmu_interval_set_seq(&mirror->mni, seq);
}

bool bad_in_helper(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		   unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	set_if_valid(mirror, cur_seq);
	mutex_unlock(&mirror->lock);
	return true; /* warn(sequence-unset:sequence-unset) */
}

bool good_always(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		 unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return false;
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

static void set_and_unmap(struct mirror *mirror, unsigned long seq)
{
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(&mirror->mni, seq);
	mirror->valid = false;
	mutex_unlock(&mirror->lock);
}

bool good_in_helper(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	if (!mmu_notifier_range_blockable(range))
		return false;
	set_and_unmap(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool bad_under_guard(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		     unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	if (!mirror->valid)
		return true; /* warn(sequence-unset:sequence-unset) */
	mmu_interval_set_seq(mni, cur_seq);
	mirror->valid = false;
	return true;
}

bool good_under_guard(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return false;
	guard(mutex)(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	if (!mirror->valid)
		return true;
	mirror->valid = false;
	return true;
}

/* it is not said whether it failed */
bool mirror_update(struct mirror *mirror);

bool good_result_not_known(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mmu_notifier_range_blockable(range))
		return mirror_update(mirror);
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

#define OPS(name) const struct mmu_interval_notifier_ops ops_##name = { .invalidate = name }
OPS(bad_where_it_may_not_sleep);
OPS(bad_for_other_events);
OPS(bad_never);
OPS(bad_in_helper);
OPS(bad_under_guard);
OPS(good_always);
OPS(good_in_helper);
OPS(good_under_guard);
OPS(good_result_not_known);
