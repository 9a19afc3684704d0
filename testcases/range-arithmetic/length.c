/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * length.c - is a length found that counts the end of the range, in bytes and in pages, through copies and helpers?
 */
#include "era-d2/mmu_notifier.h"
#include "shadow.h"

int bad_bytes(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, range->start, range->end - range->start + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int good_bytes(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, range->start, range->end - range->start);
	return 0;
}

int good_last(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long last = range->end - 1;

	shadow_flush(shadow, range->start, last - range->start + 1);
	return 0;
}

int bad_pages(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long first = range->start >> PAGE_SHIFT;
	unsigned long last = range->end >> PAGE_SHIFT;

	shadow_flush_pages(shadow, first, last - first + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int good_pages(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long first = range->start >> PAGE_SHIFT;
	unsigned long last = (range->end - 1) >> PAGE_SHIFT;

	shadow_flush_pages(shadow, first, last - first + 1);
	return 0;
}

int bad_page_count(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long pages = (range->end - range->start) / PAGE_SIZE;

	shadow_flush_pages(shadow, range->start, pages + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int good_page_count(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long pages = (range->end - range->start) / PAGE_SIZE;

	shadow_flush_pages(shadow, range->start, pages);
	return 0;
}

/* what is added to a length that is not the range's */
int good_of_object(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);

	shadow_flush(shadow, shadow->start, range->end - shadow->start + 1);
	return 0;
}

/* the helper is passed the end as it is .. */
static void flush_bounds(struct shadow *shadow, unsigned long start, unsigned long end)
{
	shadow_flush(shadow, start, end - start + 1); /* warn(range-arithmetic:end-counted) */
}

int bad_in_helper(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	flush_bounds(container_of(mn, struct shadow, mn), range->start, range->end);
	return 0;
}

/* .. or the last address, as its parameter says */
static void flush_to_last(struct shadow *shadow, unsigned long start, unsigned long last)
{
	shadow_flush(shadow, start, last - start + 1);
}

int good_in_helper(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	flush_to_last(container_of(mn, struct shadow, mn), range->start, range->end - 1);
	return 0;
}

/* where the object ends first its last address is what is counted */
int bad_clipped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long last = shadow->end - 1;

	if (range->end < shadow->end)
		last = range->end;
	shadow_flush(shadow, range->start, last - range->start + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

int good_clipped(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct shadow *shadow = container_of(mn, struct shadow, mn);
	unsigned long last = shadow->end - 1;

	if (range->end < shadow->end)
		last = range->end - 1;
	shadow_flush(shadow, range->start, last - range->start + 1);
	return 0;
}

/* an interval tree takes the last address */
bool bad_tree(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	node = interval_tree_iter_first(shadow->objects, range->start, range->end); /* warn(range-arithmetic:end-counted) */
	while (node) {
		shadow_evict(node);
		node = interval_tree_iter_next(node, range->start, range->end);
	}
	spin_unlock(&shadow->update);
	return true;
}

bool good_tree(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct shadow *shadow = container_of(mni, struct shadow, mni);
	struct interval_tree_node *node;

	spin_lock(&shadow->update);
	mmu_interval_set_seq(mni, cur_seq);
	node = interval_tree_iter_first(shadow->objects, range->start, range->end - 1);
	while (node) {
		shadow_evict(node);
		node = interval_tree_iter_next(node, range->start, range->end - 1);
	}
	spin_unlock(&shadow->update);
	return true;
}

void bad_secondary(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	shadow_flush(container_of(mn, struct shadow, mn), start, end - start + 1); /* warn(range-arithmetic:end-counted) */
}

int bad_young(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	shadow_flush(container_of(mn, struct shadow, mn), start, end - start + 1); /* warn(range-arithmetic:end-counted) */
	return 0;
}

/* no callback */
void good_elsewhere(struct shadow *shadow, unsigned long start, unsigned long end)
{
	shadow_flush(shadow, start, end - start + 1);
}

const struct mmu_notifier_ops tables[] = {
	{ .invalidate_range_start = bad_bytes, .invalidate_range = bad_secondary, .clear_flush_young = bad_young },
	{ .invalidate_range_start = good_bytes },
	{ .invalidate_range_start = good_last },
	{ .invalidate_range_start = bad_pages },
	{ .invalidate_range_start = good_pages },
	{ .invalidate_range_start = bad_page_count },
	{ .invalidate_range_start = good_page_count },
	{ .invalidate_range_start = good_of_object },
	{ .invalidate_range_start = bad_in_helper },
	{ .invalidate_range_start = good_in_helper },
	{ .invalidate_range_start = bad_clipped },
	{ .invalidate_range_start = good_clipped },
};

const struct mmu_interval_notifier_ops interval_tables[] = {
	{ .invalidate = bad_tree },
	{ .invalidate = good_tree },
};
