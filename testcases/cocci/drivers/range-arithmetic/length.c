// SPDX-License-Identifier: GPL-2.0-only
/*
 * length.c - is a length found that counts the end, in each form that has one meaning?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"
#include "numbers.h"

static int bad_range(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	/* all of it */
	shadow_flush(shadow, range->start, range->end - range->start + 1); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_range_ops = {
	.invalidate_range_start = bad_range,
};

static int bad_parentheses(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, range->start,
		     (range->end - range->start) + 1); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_parentheses_ops = {
	.invalidate_range_start = bad_parentheses,
};

static int bad_order(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, range->start, range->end + 1 - range->start); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_order_ops = {
	.invalidate_range_start = bad_order,
};

static int bad_pages(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, range->start, (range->end - range->start + 1) >> PAGE_SHIFT); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_pages_ops = {
	.invalidate_range_start = bad_pages,
};

static int bad_divided(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, range->start, (range->end - range->start + 1) / PAGE_SIZE); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_divided_ops = {
	.invalidate_range_start = bad_divided,
};

static int bad_variable(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long size = range->end - range->start + 1; /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */

	shadow_flush(shadow, range->start, size);
	return 0;
}

const struct mmu_notifier_ops bad_variable_ops = {
	.invalidate_range_start = bad_variable,
};

static int bad_assigned(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long len;

	len = range->end - range->start + 1; /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	shadow_flush(shadow, range->start, len);
	return 0;
}

const struct mmu_notifier_ops bad_assigned_ops = {
	.invalidate_range_start = bad_assigned,
};

static int bad_copies(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start;
	unsigned long end = range->end;

	if (start < shadow->start)
		return 0;
	shadow_flush(shadow, start, end - start + 1); /* warn(range-arithmetic): callback 'invalidate_range_start' counts the end of its range, which is exclusive, as a part of it */
	return 0;
}

const struct mmu_notifier_ops bad_copies_ops = {
	.invalidate_range_start = bad_copies,
};

