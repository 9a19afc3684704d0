// SPDX-License-Identifier: GPL-2.0-only
/*
 * start.c - does a start fail with -EAGAIN?
 *
 * kernel: 6.1.0
 */
#include "era-d2/mmu_notifier.h"
#include "reader.h"
#include "errors.h"
#include "device.h"

struct user {
	struct mmu_notifier mn;
	struct mutex lock;
	struct mirror *mirror;
};

static int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *update)
{
	struct user *user = container_of(mn, struct user, mn);

	mutex_lock(&user->lock); /* warn(callback-nonblock): 'mutex_lock()' may sleep in callback 'invalidate_range_start', which did not check whether blocking is allowed */
	device_unmap(user->mirror, update->start, update->end);
	mutex_unlock(&user->lock);
	return 0;
}

const struct mmu_notifier_ops bad_start_ops = {
	.invalidate_range_start = bad_start,
};
