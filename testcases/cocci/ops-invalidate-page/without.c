// SPDX-License-Identifier: GPL-2.0-only
/*
 * without.c - is an ops with no such member silent?
 */
#include <linux/mmu_notifier.h>

static const struct mmu_notifier_ops ops = {
	.release = release,
	.invalidate_range_start = start_region,
};
