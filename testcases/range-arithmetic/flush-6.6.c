/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flush-6.6.c - is what the architecture's flush calls, of all addresses, known as well?
 */
#include "era-e/mmu_notifier.h"
#include "shadow.h"

void bad_secondary(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end - start + PAGE_SIZE - 1) >> PAGE_SHIFT); /* warn(range-arithmetic:end-wraps) */
}

void good_secondary(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (start == 0 && end == -1UL) {
		shadow_flush_all(shadow);
		return;
	}
	shadow_flush_pages(shadow, start, (end - start + PAGE_SIZE - 1) >> PAGE_SHIFT);
}

int bad_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, range->start, range->end - range->start + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

const struct mmu_notifier_ops tables[] = {
	{ .arch_invalidate_secondary_tlbs = bad_secondary, .invalidate_range_start = bad_start },
	{ .arch_invalidate_secondary_tlbs = good_secondary },
};
