/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * first.c - is an inline function of a header each file's own, where another file makes something else of it?
 */
#define STARTED_WITH struct mmu_notifier_range *range
#define STARTED_BY mmu_notifier_invalidate_range_start(range)
#define ENDED_WITH struct mmu_notifier_range *range
#include "steps.h"

static void step(struct mmu_notifier_range *range, spinlock_t *lock)
{
	unlock_and_start(range, lock);
}

void good_first(struct mmu_notifier_range *range, spinlock_t *lock)
{
	spin_lock(lock);
	in_steps(range, lock);
}

void good_first_macro(struct mmu_notifier_range *range)
{
	started(range);
	ended(range);
}

static int begin(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	return mmu_notifier_range_blockable(range) ? 0 : -EAGAIN;
}

/* the wait is in the other file, in a function too large to be looked at for its result */
static int bad_young(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long address)
{
	return long_wait(address & 1); /* warn(callback-sleeps:callback-atomic)[link] */
}

static const struct mmu_notifier_ops ops = {
	.invalidate_range_start = begin,
	.test_young = bad_young,
};

void register_first(struct mmu_notifier *mn, struct mm_struct *mm)
{
	mn->ops = &ops;
	mmu_notifier_register(mn, mm);
}
