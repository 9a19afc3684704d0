/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 19-lock-of-object.c - is known of an object, whose lock was taken, that it is there, wherever in it the lock lies?
 */
#include "era-e/mmu_notifier.h"
#include "mm.h"
#include "sleep.h"

struct first {
	spinlock_t lock;
	unsigned long count;
};

struct second {
	unsigned long count;
	spinlock_t lock;
};

struct info {
	struct first *first;
	struct second *second;
};

static struct first *lock_first(struct info *info, unsigned long n)
{
	struct first *first = info->first;

	if (first) {
		first += n;
		spin_lock(&first->lock);
	}
	return first;
}

static struct second *lock_second(struct info *info, unsigned long n)
{
	struct second *second = info->second;

	if (second) {
		second += n;
		spin_lock(&second->lock);
	}
	return second;
}

void good_first(struct info *info, unsigned long n, struct mmu_notifier_range *range)
{
	struct first *first = lock_first(info, n);

	if (first)
		spin_unlock(&first->lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void good_second(struct info *info, unsigned long n, struct mmu_notifier_range *range)
{
	struct second *second = lock_second(info, n);

	if (second)
		spin_unlock(&second->lock);
	mmu_notifier_invalidate_range_start(range);
	mmu_notifier_invalidate_range_end(range);
}

void bad_first(struct info *info, unsigned long n, struct mmu_notifier_range *range)
{
	struct first *first = lock_first(info, n);

	if (!first)
		return;
	mmu_notifier_invalidate_range_start(range); /* warn(region-atomic:atomic-lock) */
	mmu_notifier_invalidate_range_end(range);
	spin_unlock(&first->lock);
}
