// SPDX-License-Identifier: GPL-2.0-only
/*
 * end.c - is a start left alone beside an end, which is called where it failed?
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

static int good_start(struct mmu_notifier *mn, const struct mmu_notifier_range *update)
{
	struct user *user = container_of(mn, struct user, mn);

	mutex_lock(&user->lock);
	device_unmap(user->mirror, update->start, update->end);
	mutex_unlock(&user->lock);
	return 0;
}

static void good_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
}

const struct mmu_notifier_ops good_start_ops = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};
