/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start-4.18.c - are the bounds known that were parameters of the start and the end before 5.0?
 */
#include "era-d1/mmu_notifier.h"
#include "compiler.h"

struct shadow {
	struct mmu_notifier mn;
	unsigned long size;
};

void shadow_flush(struct shadow *shadow, unsigned long start, unsigned long size);

void bad_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, end - start + 1); /* warn(range-arithmetic:end-counted) */
}

void good_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, end - start);
}

void bad_end(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	end = (end + PAGE_SIZE - 1) & PAGE_MASK; /* warn(range-arithmetic:end-wraps) */
	shadow_flush(shadow, start, end - start);
}

void good_end(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (end != -1UL)
		end = (end + PAGE_SIZE - 1) & PAGE_MASK;
	shadow_flush(shadow, start, end - start);
}

const struct mmu_notifier_ops table = {
	.invalidate_range_start = bad_start,
	.invalidate_range_end = bad_end,
};

const struct mmu_notifier_ops other_table = {
	.invalidate_range_start = good_start,
	.invalidate_range_end = good_end,
};
