/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * counters.c - is it no loss that a retired callback counts, whatever it counts in, and one that it stores a sum of others?
 */
#include "era-c/mmu_notifier.h"
#include "driver.h"

struct stats {
	unsigned long pages, ranges, by_kind[4];
};

struct mirror {
	struct mmu_notifier mn;
	struct device dev;
	struct stats stats, *shared;
	struct mirror *next;
	unsigned int kind, other;
};

extern unsigned long mirror_pages, mirror_ranges;
extern struct stats mirror_stats[4];

#define OPS(name)						\
const struct mmu_notifier_ops name##_ops = {			\
	.invalidate_page = name,				\
	.invalidate_range_start = good_start,			\
}

static struct mirror *mirror_of(struct mmu_notifier *mn)
{
	return container_of(mn, struct mirror, mn);
}

void good_start(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	device_flush(&mirror_of(mn)->dev, start, end - start);
}

void bad_counts(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);
	struct stats stats = { 0 };

	device_flush(&mirror->dev, address, 1);
	mirror_pages++;
	mirror->stats.pages += 1;
	mirror->stats.ranges -= address;
	mirror->stats.pages = 2 + mirror->stats.pages;
	mirror->shared->pages++;
	mirror->stats.by_kind[mirror->kind]++;
	mirror->shared->by_kind[mirror->kind]++;
	mirror_stats[mirror->kind].pages++;
	mirror_stats[1].by_kind[mirror->other]++;
	stats.pages++;
	mirror->other = stats.pages; /* warn(callback-lost:lost-store) */
}

void bad_sum_of_other(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	device_flush(&mirror->dev, address, 1);
	mirror->stats.pages = mirror->stats.ranges + 1; /* warn(callback-lost:lost-store) */
	mirror->stats.by_kind[mirror->kind] = mirror->stats.by_kind[mirror->other] + 1; /* warn(callback-lost:lost-store)[gcc] */
}

void bad_sum_of_shared(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	device_flush(&mirror->dev, address, 1);
	mirror->stats.pages = mirror->shared->pages + 1; /* warn(callback-lost:lost-store) */
}

/* a step of a list that is as long as it likes */
void bad_far(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	device_flush(&mirror->dev, address, 1);
	mirror->next->next->next->next->next->next->next->next->next->kind++;
	mirror->next->next->next->next->next->next->next->next->next->kind = /* warn(callback-lost:lost-store) */
		mirror->next->next->next->next->next->next->next->next->kind + 1;
}

void bad_sum_of_global(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	device_flush(&mirror->dev, address, 1);
	mirror_pages = mirror_ranges + 1; /* warn(callback-lost:lost-store) */
}

void bad_product(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	struct mirror *mirror = mirror_of(mn);

	device_flush(&mirror->dev, address, 1);
	mirror->stats.pages = mirror->stats.pages * 3; /* warn(callback-lost:lost-store) */
}

OPS(bad_counts); /* warn(ops-invalidate-page:ops-beside) */
OPS(bad_sum_of_other); /* warn(ops-invalidate-page:ops-beside) */
OPS(bad_sum_of_shared); /* warn(ops-invalidate-page:ops-beside) */
OPS(bad_far); /* warn(ops-invalidate-page:ops-beside) */
OPS(bad_sum_of_global); /* warn(ops-invalidate-page:ops-beside) */
OPS(bad_product); /* warn(ops-invalidate-page:ops-beside) */
