/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fails-unasked.c - is a callback found that fails without a
 * check, and not one for which another function may have checked?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_interval_notifier mni;
	struct mutex lock;
	spinlock_t update;
	bool busy;
};

struct request {
	const struct mmu_notifier_range *range;
	unsigned long seq;
};

bool mirror_range_busy(struct mirror *mirror, const struct mmu_notifier_range *range);
bool mirror_busy(struct mirror *mirror, unsigned long start);
bool request_busy(struct request *request);
bool may_not_wait(bool blockable);

/* what each of them does last */
static void mirror_invalidated(struct mirror *mirror, unsigned long cur_seq)
{
	spin_lock(&mirror->update);
	mmu_interval_set_seq(&mirror->mni, cur_seq);
	spin_unlock(&mirror->update);
}

bool bad_tries(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
	       unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (!mutex_trylock(&mirror->lock))
		return false; /* warn(callback-nonblock): callback 'invalidate' fails without checking whether blocking is allowed */
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

bool bad_always(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		unsigned long cur_seq)
{
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return false; /* warn(callback-nonblock): without checking */
}

bool bad_asked_of_no_range(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mirror_busy(mirror, range->start))
		return false; /* warn(callback-nonblock): without checking */
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool bad_one_of_two(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mirror->busy)
		return false; /* warn(callback-nonblock): without checking */
	if (!mmu_notifier_range_blockable(range))
		return false;
	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return true;
}

/* a sleep that was not asked for is reported once */
bool bad_sleeps_first(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mutex_lock(&mirror->lock); /* warn(callback-nonblock): may sleep */
	mmu_interval_set_seq(mni, cur_seq);
	mutex_unlock(&mirror->lock);
	return false;
}

bool good_tries(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
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

bool good_range_given(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (mirror_range_busy(mirror, range))
		return false;
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool good_range_in_structure(struct mmu_interval_notifier *mni,
			     const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct request request = { .range = range, .seq = cur_seq };

	if (request_busy(&request))
		return false;
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool good_answer_given(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		       unsigned long cur_seq)
{
	if (may_not_wait(mmu_notifier_range_blockable(range)))
		return false;
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

static bool must_fail(struct mirror *mirror, const struct mmu_notifier_range *range)
{
	return !mmu_notifier_range_blockable(range) && mirror->busy;
}

bool good_helper_asks(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		      unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	if (must_fail(mirror, range))
		return false;
	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return true;
}

bool good_result_not_known(struct mmu_interval_notifier *mni,
			   const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, mni);

	mirror_invalidated(container_of(mni, struct mirror, mni), cur_seq);
	return !mirror_busy(mirror, range->start);
}

const struct mmu_interval_notifier_ops ops_bad_tries = {
	.invalidate = bad_tries,
};

const struct mmu_interval_notifier_ops ops_bad_always = {
	.invalidate = bad_always,
};

const struct mmu_interval_notifier_ops ops_bad_asked_of_no_range = {
	.invalidate = bad_asked_of_no_range,
};

const struct mmu_interval_notifier_ops ops_bad_one_of_two = {
	.invalidate = bad_one_of_two,
};

const struct mmu_interval_notifier_ops ops_bad_sleeps_first = {
	.invalidate = bad_sleeps_first,
};

const struct mmu_interval_notifier_ops ops_good_tries = {
	.invalidate = good_tries,
};

const struct mmu_interval_notifier_ops ops_good_range_given = {
	.invalidate = good_range_given,
};

const struct mmu_interval_notifier_ops ops_good_range_in_structure = {
	.invalidate = good_range_in_structure,
};

const struct mmu_interval_notifier_ops ops_good_answer_given = {
	.invalidate = good_answer_given,
};

const struct mmu_interval_notifier_ops ops_good_helper_asks = {
	.invalidate = good_helper_asks,
};

const struct mmu_interval_notifier_ops ops_good_result_not_known = {
	.invalidate = good_result_not_known,
};
