/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * core.c - does a module that calls what is exported say how it is called, and is it a root all the same?
 */
#include "core.h"

void core_zap(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}
EXPORT_SYMBOL(core_zap);

void core_flush(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
	core_inner(range);
}
EXPORT_SYMBOL(core_flush);

void core_inner(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
