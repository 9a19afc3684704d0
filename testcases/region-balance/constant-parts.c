/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * constant-parts.c - does a helper know what a constant initializer put into the
 * structure that it is given, in whatever part, and what no part of it says?
 */
#include "era-d1/mmu_notifier.h"

void *memset(void *to, int c, unsigned long n);
void *memcpy(void *to, const void *from, unsigned long n);
void ask_user(void *answer);

struct inner {
	int level;
	int notify;
};

struct options {
	unsigned long flags;
	struct inner in;
	int each[4];
	const char *name;
	double weight;
};

struct large {
	int each[200];
	int notify;
};

typedef struct {
	unsigned long value;
} wrapped_t;

static const struct options usual = {
	.flags = 3, .in = { .notify = 1 }, .each = { 0, 5 }, .name = "usual", .weight = 2.5,
};
static const struct large all = { .each = { [0 ... 150] = 1, [160] = 3 }, .notify = 1 };

static wrapped_t either(wrapped_t *a, wrapped_t b)
{
	return a ? *a : b;
}

static void start_if(struct mm_struct *mm, unsigned long start, unsigned long end,
		     const int *wanted)
{
	if (*wanted)
		mmu_notifier_invalidate_range_start(mm, start, end);
}

static void end_if(struct mm_struct *mm, unsigned long start, unsigned long end,
		   const struct options *o)
{
	if (o->in.notify && o->each[1] == 5 && !o->each[3])
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_part_not_set(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct options o = usual;

	start_if(mm, start, end, &o.in.notify);
	if (start > 8)
		end_if(mm, start, end, &o);
} /* warn(region-balance:open-at-return) */

void bad_large(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct large l = all;

	mmu_notifier_invalidate_range_start(mm, start, end);
	start_if(mm, start, end, &l.each[190]);
	if (start > 8 && l.notify)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

/* too large to be put together by stores: the compiler copies one that is constant */
struct table {
	struct { unsigned long level, notify; } in[20];
	unsigned long notify;
};

struct long_table {
	struct table each[2];
};

#define FOUR	{ 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 }

static void end_by_table(struct mm_struct *mm, unsigned long start, unsigned long end,
			 const struct table *t)
{
	if (t->notify == 9 && t->in[5].level == 3)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_own_table(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct table t = { .in = { FOUR, FOUR, FOUR, FOUR, FOUR }, .notify = 9 };

	mmu_notifier_invalidate_range_start(mm, start, end);
	end_by_table(mm, start, end, &t);
}

void bad_own_table(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct table t = { .in = { FOUR, FOUR, FOUR, FOUR, FOUR }, .notify = 9 };

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (start > 8)
		end_by_table(mm, start, end, &t);
} /* warn(region-balance:open-at-return) */

void bad_long_table(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct long_table t = { { { { FOUR, FOUR, FOUR, FOUR, FOUR }, 9 },
				  { { FOUR, FOUR, FOUR, FOUR, FOUR }, 9 } } };

	mmu_notifier_invalidate_range_start(mm, start, end);
	if (start > 8)
		end_by_table(mm, start, end, &t.each[1]);
} /* warn(region-balance:open-at-return) */

struct thing {
	struct { int hidden; } deep;
	struct { int shown; };
	int bits : 5;
	wrapped_t each[4];
};

static wrapped_t table_of[4];

void bad_parts(struct mm_struct *mm, unsigned long start, unsigned long end,
	       struct thing *t, struct thing *u, int n, double z)
{
	struct thing whole = *t;

	whole.each[n] = u->each[n];
	table_of[n] = either(&whole.each[1], table_of[2]);
	t->each[3] = either(&u->each[n], whole.each[0]);
	*u = (struct thing){ .deep.hidden = n, .bits = 3 };
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (((t->bits ^ u->bits) & 2) | (-z > 2.0))
		ask_user(u);
	if (__builtin_abs(n) == 3 && ~whole.deep.hidden == n)
		whole.shown = 2;
	ask_user(&whole);
	if (start > 8)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void bad_copied(struct mm_struct *mm, unsigned long start, unsigned long end,
		struct options *to, const struct options *from, unsigned long n)
{
	struct options o, *copy;

	copy = memcpy(&o, from, sizeof(o));
	memset(to, 1, sizeof(*to));
	memset(to->each, 0, n);
	*to = *copy;
	start_if(mm, start, end, &to->in.notify);
	if (start > 8)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void bad_overflow(struct mm_struct *mm, unsigned long start, unsigned long end, int *to)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (__builtin_add_overflow(start, end, &start))
		return; /* warn(region-balance:open-at-return) */
	*to = __builtin_mul_overflow(*to, 3, to);
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_either(struct mm_struct *mm, unsigned long start, unsigned long end,
		wrapped_t *a, wrapped_t b)
{
	wrapped_t c = either(a, b), d = *(volatile wrapped_t *)a;

	ask_user(&c);
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (either(&c, d).value)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */
