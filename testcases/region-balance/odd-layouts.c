/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * odd-layouts.c - is a pair still seen where a member has no constant place, or one that is
 * too far away to be counted in bits, and are functions of one name told from each other?
 */
#include "era-d1/mmu_notifier.h"

void ask_user(void *answer);

/* sparse knows no structure of variable size and no nested function, and counts bits in an int */
#ifndef __CHECKER__
#define FAR	(1ul << 59)

struct far {
	char each[FAR];
	int notify;
};

struct farther {
	struct far first, second;
	char each[FAR];
	char more[FAR];
	int notify;
};

extern struct farther somewhere;

void member_far_away(struct mm_struct *mm, unsigned long start, unsigned long end,
		     struct farther *p, unsigned int *each)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (p->first.notify == 3 && p->second.notify == 3 && p->notify && each[FAR])
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return)[gcc] */

void element_far_away(struct mm_struct *mm, unsigned long start, unsigned long end,
		      unsigned long long (*rows)[FAR / 2])
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (rows[0][FAR / 4] == *(int *)((char *)&somewhere + 3 * FAR))
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return)[gcc] */

void behind_what_varies(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	struct { int each[n], notify; } s, copy;
	int rows[4][n];

	ask_user(&s);
	ask_user(rows);
	copy = s;
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (copy.notify && rows[1][2])
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return)[gcc] */

void one_name_each(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	auto void unmap(void);
	void unmap(void)
	{
		mmu_notifier_invalidate_range_start(mm, start, end);
		if (n)
			mmu_notifier_invalidate_range_end(mm, start, end);
	}

	unmap();
} /* warn(region-balance:open-at-return)[gcc] */

void one_name_too(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	auto void unmap(void);
	void unmap(void)
	{
		mmu_notifier_invalidate_range_start(mm, start, end);
	}

	unmap();
} /* warn(region-balance:open-at-return)[gcc] */
#endif
