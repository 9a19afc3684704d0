/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * callbacks.c - is a function a callback whose table is in another file?
 */
#include "callbacks.h"

int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock); /* warn(callback-nonblock:callback-unchecked)[link] */
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	mutex_lock(&mirror->lock);
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
	return 0;
}

int good_in_no_table(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct mirror *mirror = container_of(mn, struct mirror, mn);

	mutex_lock(&mirror->lock);
	mirror->pages = 0;
	mutex_unlock(&mirror->lock);
	return 0;
}
