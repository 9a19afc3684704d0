/* SPDX-License-Identifier: GPL-2.0-only */
#include "era-d2/mmu_notifier.h"

void zap(struct mmu_notifier_range *range);
void zap_by_header(struct mmu_notifier_range *range);
void zap_other(struct mmu_notifier_range *range);

static inline void zap_in_header(struct mmu_notifier_range *range)
{
	/* mncheck: ignore-linked(region-atomic): the caller's lock is a test's own */
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}
