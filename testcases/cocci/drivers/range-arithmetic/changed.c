// SPDX-License-Identifier: GPL-2.0-only
/*
 * changed.c - is an end left alone that was changed, that has another meaning, or may have?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"
#include "numbers.h"

static int good_last(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end - 1;

	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_last_ops = {
	.invalidate_range_start = good_last,
};

static int good_decremented(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	end--;
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_decremented_ops = {
	.invalidate_range_start = good_decremented,
};

static int good_subtracted(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	end -= 1;
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_subtracted_ops = {
	.invalidate_range_start = good_subtracted,
};

static int good_clipped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	if (end > shadow->end)
		end = shadow->end - 1;
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_clipped_ops = {
	.invalidate_range_start = good_clipped,
};

static int good_start_changed(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	start += 1;
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_start_changed_ops = {
	.invalidate_range_start = good_start_changed,
};

void shadow_last(unsigned long *end);

static int good_address_taken(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	shadow_last(&end);
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_address_taken_ops = {
	.invalidate_range_start = good_address_taken,
};

static int good_swapped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	swap(start, end);
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_swapped_ops = {
	.invalidate_range_start = good_swapped,
};

static int good_shadowed(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	start = start;

	if (shadow->order) {
		unsigned long end = shadow->end;

		shadow_flush(shadow, start, end - start + 1);
	}
	return 0;
}

const struct mmu_notifier_ops good_shadowed_ops = {
	.invalidate_range_start = good_shadowed,
};

static int good_name_of_a_last(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long last = range->end;

	shadow_flush(shadow, start, last - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_name_of_a_last_ops = {
	.invalidate_range_start = good_name_of_a_last,
};

static int good_configuration(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

#ifdef CONFIG_SHADOW_INCLUSIVE
	end--;
#endif
	shadow_flush(shadow, start, end - start + 1);
	return 0;
}

const struct mmu_notifier_ops good_configuration_ops = {
	.invalidate_range_start = good_configuration,
};

static void good_bound_changed(struct mmu_notifier *mn, struct mm_struct *mm,
			       unsigned long start, unsigned long end)
{
	end = end - 1;
	shadow_flush(container_of(mn, struct shadow, mn), start, end - start + 1);
}

const struct mmu_notifier_ops good_bound_changed_ops = {
	.invalidate_range = good_bound_changed,
};
