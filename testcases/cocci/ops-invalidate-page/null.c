// SPDX-License-Identifier: GPL-2.0-only
/*
 * null.c - is a member set to NULL silent?
 */
#include <linux/mmu_notifier.h>

static const struct mmu_notifier_ops ops = {
	.invalidate_page = NULL,
	.invalidate_range_start = start_region,
};
