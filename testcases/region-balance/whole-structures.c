/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * whole-structures.c - is a flag known in a structure that is cleared, copied or wrapped
 * as a whole, and is a fault seen where one is handed over or returned?
 */
#include "era-d1/mmu_notifier.h"

void *memset(void *to, int c, unsigned long n);
void *memcpy(void *to, const void *from, unsigned long n);

struct inner {
	int level;
	int notify;
};

struct options {
	unsigned long flags;
	struct inner in;
	int each[4];
};

struct wrapped {
	unsigned long value;
};

static const struct options usual = { .flags = 3, .in = { .notify = 1 }, .each = { 0, 5 } };

#define START_IF(wanted)						\
do {									\
	if (wanted)							\
		mmu_notifier_invalidate_range_start(mm, start, end);	\
} while (0)

void bad_initialized(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct options o = usual;

	START_IF(start > 8);
	if (o.in.level && start > 8)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

static struct options chosen(struct options *a, struct options *b, bool first)
{
	return first ? *a : *b;
}

void bad_returned(struct mm_struct *mm, unsigned long start, unsigned long end,
		  struct options *a, struct options *b)
{
	struct options o = chosen(a, b, start == 8), again;

	START_IF(o.in.notify);
	again = o;
	if (o.in.notify && again.in.level)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

static bool wants(struct options o)
{
	o.flags++;
	return o.in.notify && o.flags;
}

void bad_by_value(struct mm_struct *mm, unsigned long start, unsigned long end,
		  struct options o)
{
	START_IF(o.in.notify);
	if (wants(o) && o.in.notify)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_cleared(struct mm_struct *mm, unsigned long start, unsigned long end,
		  unsigned long n)
{
	struct options o, p;

	memset(&o, 0, sizeof(o));
	memcpy(&p, &o, sizeof(p));
	START_IF(p.in.notify);
}

void bad_filled(struct mm_struct *mm, unsigned long start, unsigned long end,
		struct options *from)
{
	struct options o;

	memset(&o, 0, sizeof(o));
	memcpy(&o, from, sizeof(o));
	START_IF(o.in.notify);
} /* warn(region-balance:open-at-return) */

void good_wrapped(struct mm_struct *mm, unsigned long start, unsigned long end,
		  struct wrapped *at)
{
	struct wrapped one = *at, two;

	two = ({ struct wrapped w = one; w; });
	START_IF(one.value);
	if ((start, two).value)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_wrapped(struct mm_struct *mm, unsigned long start, unsigned long end,
		 struct wrapped *at)
{
	struct wrapped one = *at, two;

	two = *(volatile struct wrapped *)at;
	START_IF(one.value);
	if (one.value && two.value == 7)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */
