/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * odd-types.c - is a pair still seen between vectors, complex numbers, unions and
 * structures of variable size, which kernels have in a few corners only?
 */
#include "era-d1/mmu_notifier.h"

void ask_user(void *answer);

union word {
	int whole;
	struct { short low, high; };
	char each[4];
};

struct counted {
	union word first;
	union word each[];
};

static union word last_seen;

void bad_union(struct mm_struct *mm, unsigned long start, unsigned long end,
	       union word *at, struct counted *c, int n)
{
	union word w = *at, other = { .low = 3 };

	c->each[n] = w;
	at->each[n & 3] = c->each[n + 1].each[2];
	last_seen = c->first;
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (w.high == other.low && last_seen.whole > at->whole)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

void good_union(struct mm_struct *mm, unsigned long start, unsigned long end,
		union word *at, int n)
{
	if (at->high == n)
		mmu_notifier_invalidate_range_start(mm, start, end);
	if (at->high == n)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_variable_size(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	struct { int notify; } list[n], copy;

	ask_user(list);
	copy = list[n - 1];
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (copy.notify || list[0].notify)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */

/* sparse knows neither */
#ifndef __CHECKER__
typedef int vector_t __attribute__((__vector_size__(16)));

void vectors(struct mm_struct *mm, unsigned long start, unsigned long end,
	     vector_t *at, vector_t mask, int n)
{
	vector_t v = __builtin_shuffle(*at, mask);

	(*at)[2] = ~v[1] + n;
	v = ~v;
	at[1] = -v;
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (v[0] == (*at)[1])
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return)[gcc] */

void complex_numbers(struct mm_struct *mm, unsigned long start, unsigned long end,
		     _Complex double *z, _Complex int c, int n)
{
	*z = ~*z * 2.0;
	__imag__ c = n;
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (__imag__ *z > 2.0 && __real__ c == 3 && __imag__ c)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return)[gcc] */
#endif

void bad_turned(struct mm_struct *mm, unsigned long start, unsigned long end,
		unsigned int n, int m)
{
	unsigned int turned = n << 5 | n >> 27, least = m < 7 ? m : 7;
	bool truth = m > 5;

	truth = !truth ^ (n == 3);
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (turned == 9 && ~least > n && truth && __builtin_abs(m) < 30)
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */
