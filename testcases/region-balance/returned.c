/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * returned.c - is an open region told where the operator of what is returned stands, and a call where its statement starts?
 */
#include "era-d1/mmu_notifier.h"

struct device {
	struct device *parent;
	int users, state;
};

int device_ready(int id);

int bad_comparison(struct mm_struct *mm, unsigned long start, unsigned long end, int id)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (device_ready(id))
		return id
		       > 3; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_member(struct mm_struct *mm, unsigned long start, unsigned long end, struct device *dev)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (device_ready(dev->users))
		return dev->parent
			  ->state; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_assignment(struct mm_struct *mm, unsigned long start, unsigned long end, struct device *dev, int id)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (device_ready(id))
		return dev->state
		       = id; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_postfix(struct mm_struct *mm, unsigned long start, unsigned long end, struct device *dev)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (device_ready(dev->state))
		return dev->users
		       ++; /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int bad_call(struct mm_struct *mm, unsigned long start, unsigned long end, int id)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (id)
		return device_ready /* warn(region-balance:open-at-return) */
			(id);
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

void bad_cast(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
	(void) /* warn(region-balance:ended-twice) */
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_parentheses(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	mmu_notifier_invalidate_range_end(mm, start, end);
	(*  /* warn(region-balance:ended-twice) */
	  mmu_notifier_invalidate_range_end)(mm, start, end);
}

/* what is said of likely() is which branch is taken */
int bad_negated_twice(struct mm_struct *mm, unsigned long start, unsigned long end, int id)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (device_ready(id))
		return device_ready(3); /* warn(region-balance:open-at-return) */
	if (likely(id & 4)) /* note: taking the true branch */
		return device_ready(4); /* warn(region-balance:open-at-return) */
	mmu_notifier_invalidate_range_end(mm, start, end);
	return 0;
}

int good_returned(struct mm_struct *mm, unsigned long start, unsigned long end, struct device *dev)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (!!device_ready(dev->users)) {
		(void)mmu_notifier_invalidate_range_end(mm, start, end);
		return dev->users
		       ++;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
	return dev->parent
		  ->state;
}
