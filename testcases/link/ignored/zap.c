/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * zap.c - does a comment hide what only the whole finds, and no other place?
 */
#include "zap.h"

void zap(struct mmu_notifier_range *range)
{
	/* mncheck: ignore-linked(region-atomic): the caller's lock is a test's own */
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void zap_by_header(struct mmu_notifier_range *range)
{
	zap_in_header(range);
}

void zap_other(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}
