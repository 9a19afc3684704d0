/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fails-although.c - is a start found that fails although it may sleep?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct rw_semaphore sem;
	struct completion idle;
	bool busy;
};

int mirror_unmap(struct mirror *mirror, unsigned long start);

int bad_fails_though_blockable(struct mmu_notifier *mn, struct mm_struct *mm,
			       unsigned long start, unsigned long end,
			       bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable && mirror->busy)
		return -EAGAIN; /* warn(callback-nonblock): callback 'invalidate_range_start' fails although blocking is allowed */
	return mirror_unmap(mirror, start);
}

int good_fails_if_not_blockable(struct mmu_notifier *mn, struct mm_struct *mm,
				unsigned long start, unsigned long end,
				bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable && mirror->busy)
		return -EAGAIN;
	return mirror_unmap(mirror, start);
}

int bad_fails_on_either(struct mmu_notifier *mn, struct mm_struct *mm,
			unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (mutex_trylock(&mirror->lock)) {
		mutex_unlock(&mirror->lock);
		return 0;
	}
	if (blockable)
		wait_for_completion(&mirror->idle);
	return -EAGAIN; /* warn(callback-nonblock): fails although blocking is allowed */
}

int good_result_not_known(struct mmu_notifier *mn, struct mm_struct *mm,
			  unsigned long start, unsigned long end,
			  bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	int ret;

	ret = mirror_unmap(mirror, start);
	if (blockable && ret)
		ret = mirror_unmap(mirror, end);
	return ret;
}

int good_succeeds_either_way(struct mmu_notifier *mn, struct mm_struct *mm,
			     unsigned long start, unsigned long end,
			     bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (blockable)
		wait_for_completion(&mirror->idle);
	mirror_unmap(mirror, start);
	return 0;
}

int bad_any_error(struct mmu_notifier *mn, struct mm_struct *mm,
		  unsigned long start, unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!blockable)
		return -EAGAIN;
	if (mirror->busy)
		return -EBUSY; /* warn(callback-nonblock): fails although */
	return 0;
}

const struct mmu_notifier_ops ops_bad_fails_though_blockable = {
	.invalidate_range_start = bad_fails_though_blockable,
};

const struct mmu_notifier_ops ops_good_fails_if_not_blockable = {
	.invalidate_range_start = good_fails_if_not_blockable,
};

const struct mmu_notifier_ops ops_bad_fails_on_either = {
	.invalidate_range_start = bad_fails_on_either,
};

const struct mmu_notifier_ops ops_good_result_not_known = {
	.invalidate_range_start = good_result_not_known,
};

const struct mmu_notifier_ops ops_good_succeeds_either_way = {
	.invalidate_range_start = good_succeeds_either_way,
};

const struct mmu_notifier_ops ops_bad_any_error = {
	.invalidate_range_start = bad_any_error,
};
