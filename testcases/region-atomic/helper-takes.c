/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * helper-takes.c - is a lock seen that a helper takes or drops, one and two levels
 * down?
 */
#include "era-d1/mmu_notifier.h"

struct object {
	spinlock_t lock;
	struct mm_struct *mm;
};

static void take(struct object *obj)
{
	spin_lock(&obj->lock);
}

static void take_outer(struct object *obj)
{
	take(obj);
}

static void drop(struct object *obj)
{
	spin_unlock(&obj->lock);
}

static void drop_outer(struct object *obj)
{
	drop(obj);
}

void bad_one_level(struct object *obj, unsigned long start, unsigned long end)
{
	take(obj);
	mmu_notifier_invalidate_range_start(obj->mm, start, end); /* warn(region-atomic:atomic-lock) */
	drop(obj);
	mmu_notifier_invalidate_range_end(obj->mm, start, end);
}

void bad_two_levels(struct object *obj, unsigned long start, unsigned long end)
{
	take_outer(obj);
	mmu_notifier_invalidate_range_start(obj->mm, start, end); /* warn(region-atomic:atomic-lock) */
	drop_outer(obj);
	mmu_notifier_invalidate_range_end(obj->mm, start, end);
}

void good_dropped(struct object *obj, unsigned long start, unsigned long end)
{
	take(obj);
	drop(obj);
	mmu_notifier_invalidate_range_start(obj->mm, start, end);
	mmu_notifier_invalidate_range_end(obj->mm, start, end);
}

void good_dropped_two_levels(struct object *obj, unsigned long start, unsigned long end)
{
	take_outer(obj);
	drop_outer(obj);
	mmu_notifier_invalidate_range_start(obj->mm, start, end);
	mmu_notifier_invalidate_range_end(obj->mm, start, end);
}
