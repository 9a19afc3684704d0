// SPDX-License-Identifier: GPL-2.0-only
/*
 * start-5.1.c - is a start left alone where there is no mmu_notifier_range_blockable() yet?
 *
 * kernel: 5.1.0
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

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *update)
{
	struct user *user = container_of(mn, struct user, mn);

	mutex_lock(&user->lock);
	device_unmap(user->mirror, update->start, update->end);
	mutex_unlock(&user->lock);
	return 0;
}

const struct mmu_notifier_ops good_start_ops = {
	.invalidate_range_start = good_start,
};
