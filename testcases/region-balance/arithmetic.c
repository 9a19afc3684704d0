/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * arithmetic.c - is a condition by a quotient, a remainder, bits or a sign the same when
 * it is computed twice, and another number another condition?
 */
#include "era-d1/mmu_notifier.h"

#define PAIR(name, first, second)						\
void name(struct mm_struct *mm, unsigned long start, unsigned long end, int a, int b,	\
	  double f, double g)							\
{										\
	if (first)								\
		mmu_notifier_invalidate_range_start(mm, start, end);		\
	flush_tlb_range(NULL, start, end);					\
	if (second)								\
		mmu_notifier_invalidate_range_end(mm, start, end);		\
}

PAIR(good_quotient, a / b, a / b)
PAIR(bad_quotient, a / b, a / b && b / a)	/* warn(region-balance:open-at-return) */
PAIR(good_remainder, a % b, a % b)
PAIR(bad_remainder, a % b, a % b && b % a)	/* warn(region-balance:open-at-return) */
PAIR(good_exclusive, (a ^ b) == 4, (a ^ b) == 4)
PAIR(bad_exclusive, (a ^ b) == 4, (a ^ b) == 4 && a == 9)	/* warn(region-balance:open-at-return) */
PAIR(good_complement, ~a & 8, ~a & 8)
PAIR(bad_complement, ~a & 8, ~a & 8 && a != b)	/* warn(region-balance:open-at-return) */
PAIR(good_negative, -a == b, -a == b)
PAIR(bad_negative, -a == b, -a == b && a > 3)	/* warn(region-balance:open-at-return) */
PAIR(good_shift, a << 3, a << 3)
PAIR(bad_shift, a >> 3, a >> 3 && b)		/* warn(region-balance:open-at-return) */
PAIR(good_float, f * f > g, f * f > g)
PAIR(bad_float, f / g > f, f / g > f && -f < g)	/* warn(region-balance:open-at-return) */
PAIR(good_truth, (bool)(a - b), (bool)(a - b))
PAIR(bad_truth, (bool)(a - b), (bool)(a - b) && b)	/* warn(region-balance:open-at-return) */

void good_constants(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	int n = 7;

	n = (n - 1) * 4 / 3 % 5;	/* 3 */
	n ^= 1;				/* 2 */
	n <<= 2;
	n >>= 1;			/* 4 */
	n -= 4;
	if (n)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
}

void bad_constants(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	int n = 7;

	n = (n - 1) * 4 / 3 % 5;
	n ^= 1;
	n <<= 2;
	n >>= 1;
	n -= 3;
	if (n && start > 8)
		mmu_notifier_invalidate_range_start(mm, start, end);
	flush_tlb_range(NULL, start, end);
} /* warn(region-balance:open-at-return) */
