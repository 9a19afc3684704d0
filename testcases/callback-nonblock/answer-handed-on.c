/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * answer-handed-on.c - does a helper know the result of the check by
 * a value computed from it: its opposite, or a member of a structure?
 */
#include "era-d2/mmu_notifier.h"
#include "sleep.h"

struct mirror {
	struct mmu_notifier mn;
	struct completion idle;
	bool busy;
};

struct unmap {
	unsigned long start;
	unsigned long end;
	bool flush;
	bool may_block;
};

static void wait_unless(struct mirror *mirror, bool may_not)
{
	if (!may_not)
		wait_for_completion(&mirror->idle);
}

static void wait_if(struct mirror *mirror, bool may_block)
{
	if (may_block)
		wait_for_completion(&mirror->idle);
}

static void wait_wrongly(struct mirror *mirror, bool may_not)
{
	if (may_not)
		wait_for_completion(&mirror->idle); /* warn(callback-nonblock): where blocking is not allowed */
}

int good_opposite(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	wait_unless(container_of(mn, struct mirror, mn), !mmu_notifier_range_blockable(range));
	return 0;
}

int bad_opposite(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	wait_wrongly(container_of(mn, struct mirror, mn), !mmu_notifier_range_blockable(range));
	return 0;
}

int good_kept(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	const struct unmap unmap = {
		.start = range->start,
		.end = range->end,
		.may_block = mmu_notifier_range_blockable(range),
	};

	wait_if(container_of(mn, struct mirror, mn), unmap.may_block);
	return 0;
}

const struct mmu_notifier_ops ops_good_opposite = {
	.invalidate_range_start = good_opposite,
};

const struct mmu_notifier_ops ops_bad_opposite = {
	.invalidate_range_start = bad_opposite,
};

const struct mmu_notifier_ops ops_good_kept = {
	.invalidate_range_start = good_kept,
};
