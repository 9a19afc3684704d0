/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * whole.c - is an end found that is rounded up although it may be -1UL, and is all silent that looked first?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"

void bad_align(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long to = ALIGN(end, SHADOW_SIZE); /* warn(range-arithmetic:end-wraps) */

	start = ALIGN_DOWN(start, SHADOW_SIZE);
	shadow_flush(shadow, start, to - start);
}

/* less 1 it is no multiple, and rounded down */
void good_align_down(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long last = ALIGN_DOWN(end - 1, SHADOW_SIZE);

	start = ALIGN_DOWN(start, SHADOW_SIZE);
	shadow_flush(shadow, start, last - start);
}

void good_looked_first(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (start == 0 && end == -1UL) {
		shadow_flush_all(shadow);
		return;
	}
	shadow_flush(shadow, start, ALIGN(end, SHADOW_SIZE) - start);
}

void good_end_looked_at(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (end > shadow->end)
		end = shadow->end;
	shadow_flush(shadow, start, ALIGN(end, SHADOW_SIZE) - start);
}

void good_minimum(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long to = min(end, shadow->end);

	shadow_flush(shadow, start, ALIGN(to, SHADOW_SIZE) - start);
}

void good_looked_afterwards(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long to = ALIGN(end, SHADOW_SIZE);

	if (to < end)
		to = -1UL;
	shadow_flush(shadow, start, to - start);
}

/* what was compared says nothing of the end of the address space */
void bad_compared_with_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	if (end <= shadow->start)
		return;
	shadow_flush(shadow, start, PAGE_ALIGN(end) - start); /* warn(range-arithmetic:end-wraps) */
}

void bad_pages(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end - start + PAGE_SIZE - 1) >> PAGE_SHIFT); /* warn(range-arithmetic:end-wraps) */
}

/* the end is a multiple of a page's size, or none at all */
void good_pages(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end - start) >> PAGE_SHIFT);
}

void bad_divided(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, DIV_ROUND_UP(end, SHADOW_SIZE)); /* warn(range-arithmetic:end-wraps) */
}

void bad_rounded(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, start, round_up(end, SHADOW_SIZE) - start); /* warn(range-arithmetic:end-wraps) */
}

/* the sum of the one and the difference to the other, in whatever order they are computed */
void bad_both_rounded(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long size = round_up(end, SHADOW_SIZE) - ALIGN_DOWN(start, SHADOW_SIZE); /* warn(range-arithmetic:end-wraps) */

	shadow_flush(shadow, start, size);
}

void good_both_rounded(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long size;

	if (end == -1UL) {
		shadow_flush_all(shadow);
		return;
	}
	size = round_up(end, SHADOW_SIZE) - ALIGN_DOWN(start, SHADOW_SIZE);
	shadow_flush(shadow, start, size);
}

/* a size that only the device knows */
void bad_own_size(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long size = shadow->page_size;

	shadow_flush(shadow, start, ALIGN(end, size) - start); /* warn(range-arithmetic:end-wraps) */
}

void bad_own_order(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush_pages(shadow, start, (end + (1UL << shadow->order) - 1) >> shadow->order); /* warn(range-arithmetic:end-wraps) */
}

/* a loop up to an end of 0 does nothing */
void bad_loop(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long to = ALIGN(end, SHADOW_SIZE); /* warn(range-arithmetic:end-wraps) */

	for (unsigned long addr = ALIGN_DOWN(start, SHADOW_SIZE); addr < to; addr += SHADOW_SIZE)
		shadow_flush_page(shadow, addr);
}

void good_loop(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	for (unsigned long addr = ALIGN_DOWN(start, SHADOW_SIZE); addr < end; addr += SHADOW_SIZE)
		shadow_flush_page(shadow, addr);
}

int bad_member(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow->done_start = range->start;
	shadow->done_end = PAGE_ALIGN(range->end); /* warn(range-arithmetic:end-wraps) */
	return 0;
}

/* called for single entries */
int good_young(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	shadow_flush(container_of(mn, struct shadow, mn), start, ALIGN(end, SHADOW_SIZE) - start);
	return 0;
}

const struct mmu_notifier_ops tables[] = {
	{ .invalidate_range = bad_align, .invalidate_range_start = bad_member },
	{ .invalidate_range = good_align_down, .clear_flush_young = good_young },
	{ .invalidate_range = good_looked_first },
	{ .invalidate_range = good_end_looked_at },
	{ .invalidate_range = good_minimum },
	{ .invalidate_range = good_looked_afterwards },
	{ .invalidate_range = bad_compared_with_start },
	{ .invalidate_range = bad_pages },
	{ .invalidate_range = good_pages },
	{ .invalidate_range = bad_divided },
	{ .invalidate_range = bad_rounded },
	{ .invalidate_range = bad_both_rounded },
	{ .invalidate_range = good_both_rounded },
	{ .invalidate_range = bad_own_size },
	{ .invalidate_range = bad_own_order },
	{ .invalidate_range = bad_loop },
	{ .invalidate_range = good_loop },
};
