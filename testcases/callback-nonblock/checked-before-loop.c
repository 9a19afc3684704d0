/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * checked-before-loop.c - is a callback found that fails although blocking is allowed
 * and that checked it early, where paths with another result meet before the return?
 */
#define TEST_KERNEL_4_19
#include "era-d1/mmu_notifier.h"
#include "sleep.h"

struct map {
	struct map *next;
	unsigned long start, end;
};

struct mirror {
	struct mmu_notifier mn;
	struct mutex lock;
	struct map *maps;
};

int bad_loop(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start,
	     unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct map *m;
	int ret = 0;

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	for (m = mirror->maps; m; m = m->next)
		if (m->start < end) {
			ret = -EAGAIN;
			break;
		}
	mutex_unlock(&mirror->lock);
	return ret; /* warn(callback-nonblock:callback-fails) */
}

int bad_branch(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start,
	       unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	int ret = 0;

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	if (mirror->maps && mirror->maps->start < end)
		ret = -EAGAIN;
	mutex_unlock(&mirror->lock);
	return ret; /* warn(callback-nonblock:callback-fails) */
}

int good_loop(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start,
	      unsigned long end, bool blockable)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);
	struct map *m;
	int ret = 0;

	if (blockable)
		mutex_lock(&mirror->lock);
	else if (!mutex_trylock(&mirror->lock))
		return -EAGAIN;
	for (m = mirror->maps; m; m = m->next)
		if (m->start < end && !blockable) {
			ret = -EAGAIN;
			break;
		}
	mutex_unlock(&mirror->lock);
	return ret;
}

const struct mmu_notifier_ops ops_loop = { .invalidate_range_start = bad_loop };
const struct mmu_notifier_ops ops_branch = { .invalidate_range_start = bad_branch };
const struct mmu_notifier_ops ops_good = { .invalidate_range_start = good_loop };
