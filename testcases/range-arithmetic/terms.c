/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * terms.c - is a sum that has more, or fewer, terms than the wrong one taken for what it is?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"

/* the length, and one */
int bad_one(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end - start + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int bad_one_first(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, 1 + end - start); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int bad_less_one(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end - (start - 1)); /* warn(range-arithmetic:end-counted) */
	return 0;
}

/* .. and what the object adds */
int good_more(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end - start + shadow->order + 1);
	return 0;
}

int good_less(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end - start - shadow->order + 1);
	return 0;
}

int good_both(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, shadow->order - shadow->page_size + end - start + 1);
	return 0;
}

/* .. and another number */
int good_two(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end - start + 2);
	return 0;
}

int good_both_ends(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, end + end - start + 1);
	return 0;
}

int good_from_end(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush(shadow, start, start - end + 1);
	return 0;
}

/* in units of the object */
int bad_order(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush_pages(shadow, start, (end >> shadow->order) - (start >> shadow->order) + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int good_two_orders(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush_pages(shadow, start, (end >> shadow->order) - (start >> PAGE_SHIFT) + 1);
	return 0;
}

/* which counts no end: it is another mistake */
int bad_rounded(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush_pages(shadow, start, ((end + PAGE_SIZE - 1) >> PAGE_SHIFT) - (start >> PAGE_SHIFT) + 1); /* warn(range-arithmetic:end-wraps) */
	return 0;
}

int good_divided(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush_pages(shadow, start, (end >> shadow->order) - (start / PAGE_SIZE) + 1);
	return 0;
}

int good_other_shift(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long start = range->start, end = range->end;

	shadow_flush_pages(shadow, start, (shadow->end >> shadow->order) - (start >> shadow->order) + 1);
	return 0;
}

/* what rounds up wraps, however it is written */
void bad_mask_first(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ~(SHADOW_SIZE - 1) & (end + SHADOW_SIZE - 1)); /* warn(range-arithmetic:end-wraps) */
}

void bad_negative(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size - 1) & -shadow->page_size); /* warn(range-arithmetic:end-wraps) */
}

void bad_negative_first(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, -shadow->page_size & (end + shadow->page_size - 1)); /* warn(range-arithmetic:end-wraps) */
}

void bad_last_second(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ((shadow->page_size - 1) | (end - 1)) + 1); /* warn(range-arithmetic:end-wraps) */
}

/* .. and what does something else does not round */
void good_other_mask(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size - 1) & shadow->order);
}

void good_other_mask_first(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, shadow->order & (end + shadow->page_size - 1));
}

void good_whole_size(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size) & -shadow->page_size);
}

void good_down(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end - 1) & -PAGE_SIZE);
}

void good_xor(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size - 1) ^ shadow->order);
}

void good_other_divisor(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end + shadow->page_size - 1) / shadow->order);
}

void good_other_shift_up(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end + shadow->page_size - 1) >> shadow->order);
}

void good_start_and_end(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + start + shadow->page_size - 1) & -shadow->page_size);
}

void good_start_twice(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end - start - start + shadow->page_size - 1) & -shadow->page_size);
}

void good_two_sizes(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size - shadow->order - 1) & -shadow->page_size);
}

void good_last_of_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ((shadow->page_size - 1) | (start - 1)) + 1);
}

void good_last_and_two(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ((shadow->page_size - 1) | (end - 1)) + 2);
}

void good_last_of_both(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ((shadow->page_size - 1) | (end - start - 1)) + 1);
}

void good_no_last(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, ((shadow->page_size - 1) ^ (end - 1)) + 1);
}

void good_remainder(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, (end + shadow->page_size - 1) % shadow->page_size);
}

/* the 0 is less than anything */
void good_minimum(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long to = ALIGN(end, SHADOW_SIZE);

	shadow_flush(shadow, start, min(to, shadow->end) - start);
}

#define START(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range_start = name }
#define WHOLE(name) const struct mmu_notifier_ops ops_##name = { .invalidate_range = name }

START(bad_one);
START(bad_one_first);
START(good_more);
START(good_less);
START(good_both);
START(good_two);
START(good_both_ends);
START(good_from_end);
START(bad_order);
START(good_two_orders);
START(bad_rounded);
START(good_divided);
START(good_other_shift);
WHOLE(bad_mask_first);
WHOLE(bad_negative);
WHOLE(bad_negative_first);
WHOLE(bad_last_second);
WHOLE(good_other_mask);
WHOLE(good_other_mask_first);
WHOLE(good_whole_size);
WHOLE(good_down);
WHOLE(good_xor);
WHOLE(good_other_divisor);
WHOLE(good_other_shift_up);
WHOLE(good_start_and_end);
WHOLE(good_start_twice);
WHOLE(good_two_sizes);
WHOLE(good_last_of_start);
WHOLE(good_last_and_two);
WHOLE(good_last_of_both);
WHOLE(good_no_last);
START(bad_less_one);
WHOLE(good_remainder);
WHOLE(good_minimum);
