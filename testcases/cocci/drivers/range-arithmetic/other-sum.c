// SPDX-License-Identifier: GPL-2.0-only
/*
 * other-sum.c - is a sum left alone that is no length of the range, or whose 1 is taken away again?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"
#include "numbers.h"

static int good_of_object(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, shadow->start, range->end - shadow->start + 1);
	shadow_flush(shadow, range->start, shadow->end - range->start + 1);
	shadow_flush(shadow, range->start, range->end - range->start + 2);
	shadow_flush(shadow, range->start, range->end - range->start);
	return 0;
}

const struct mmu_notifier_ops good_of_object_ops = {
	.invalidate_range_start = good_of_object,
};

static int good_last_of_length(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow->done_end = range->start + (range->end - range->start + 1) - 1;
	shadow_flush(shadow, range->start, (range->end - range->start + 1) - 1);
	shadow_flush(shadow, range->start, min(range->end - range->start + 1, SHADOW_SIZE) - 1);
	return 0;
}

const struct mmu_notifier_ops good_last_of_length_ops = {
	.invalidate_range_start = good_last_of_length,
};

static int good_variable(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long size = range->end - range->start + 1;

	shadow->done_end = range->start + size - 1;
	return 0;
}

const struct mmu_notifier_ops good_variable_ops = {
	.invalidate_range_start = good_variable,
};

static int good_no_length(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long behind = range->end - range->start + 1;

	shadow->done_end = range->start + behind;
	return 0;
}

const struct mmu_notifier_ops good_no_length_ops = {
	.invalidate_range_start = good_no_length,
};

static int good_rounds(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, range->start,
			   ((range->end - range->start) >> PAGE_SHIFT) + 1);
	return 0;
}

const struct mmu_notifier_ops good_rounds_ops = {
	.invalidate_range_start = good_rounds,
};

/* no callback */
void good_elsewhere(struct shadow *shadow, const struct mmu_notifier_range *range,
		    unsigned long start, unsigned long end)
{
	shadow_flush(shadow, start, end - start + 1);
	shadow_flush(shadow, start, range->end - range->start + 1);
}
