/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chain.c - does an event matter to callers in other files that are eight calls away, and no further?
 */
#include "chain.h"

static __attribute__((noinline)) void near_8(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock)[link] */
	mmu_notifier_invalidate_range_end(range);
}

static __attribute__((noinline)) void near_7(struct mmu_notifier_range *range)
{
	near_8(range);
}

static __attribute__((noinline)) void near_6(struct mmu_notifier_range *range)
{
	near_7(range);
}

static __attribute__((noinline)) void near_5(struct mmu_notifier_range *range)
{
	near_6(range);
}

static __attribute__((noinline)) void near_4(struct mmu_notifier_range *range)
{
	near_5(range);
}

static __attribute__((noinline)) void near_3(struct mmu_notifier_range *range)
{
	near_4(range);
}

static __attribute__((noinline)) void near_2(struct mmu_notifier_range *range)
{
	near_3(range);
}

void near_1(struct mmu_notifier_range *range)
{
	near_2(range);
}

static __attribute__((noinline)) void far_9(struct mmu_notifier_range *range)
{
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

static __attribute__((noinline)) void far_8(struct mmu_notifier_range *range)
{
	far_9(range);
}

static __attribute__((noinline)) void far_7(struct mmu_notifier_range *range)
{
	far_8(range);
}

static __attribute__((noinline)) void far_6(struct mmu_notifier_range *range)
{
	far_7(range);
}

static __attribute__((noinline)) void far_5(struct mmu_notifier_range *range)
{
	far_6(range);
}

static __attribute__((noinline)) void far_4(struct mmu_notifier_range *range)
{
	far_5(range);
}

static __attribute__((noinline)) void far_3(struct mmu_notifier_range *range)
{
	far_4(range);
}

static __attribute__((noinline)) void far_2(struct mmu_notifier_range *range)
{
	far_3(range);
}

void far_1(struct mmu_notifier_range *range)
{
	far_2(range);
}
