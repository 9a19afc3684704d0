/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * builtins.c - is a condition the same when the compiler's own functions, functions that
 * only compute, bit-fields, elements and part of a complex number are asked twice?
 */
#include "era-d1/mmu_notifier.h"

__attribute__((__const__)) int order_of(unsigned long size);
__attribute__((__pure__)) int order_now(unsigned long size);
struct pair {
	int a, b;
};
__attribute__((__pure__)) struct pair pair_of(unsigned long size);

struct mode {
	unsigned int kind : 3;
	unsigned int notify : 2;
	struct {
		int depth;
	};
	union {
		int word;
		char byte[4];
	};
	int rows[4][2];
	struct mode *next;
};

static const int sizes[] = { 4, 8 };
static int calls;

#define PAIR(name, first, second)						\
void name(struct mm_struct *mm, unsigned long start, unsigned long end,	\
	  struct mode *mode, int n)						\
{										\
	if (first)								\
		mmu_notifier_invalidate_range_start(mm, start, end);		\
	if (second)								\
		mmu_notifier_invalidate_range_end(mm, start, end);		\
}

PAIR(good_const, order_of(start) > 2, order_of(start) > 2)
PAIR(bad_const, order_of(start) > 2, order_of(start) > 2 && order_of(end))	/* warn(region-balance:open-at-return) */
PAIR(bad_pure, order_now(start), n && order_now(start) > n)	/* warn(region-balance:open-at-return) */
PAIR(bad_pure_pair, n > 2, n > 2 && pair_of(start).b)	/* warn(region-balance:open-at-return) */
PAIR(good_expected, __builtin_expect(n, 0), __builtin_expect(n, 1))
PAIR(bad_expected, __builtin_expect(n, 0), __builtin_expect(n, 1) && start > 8)	/* warn(region-balance:open-at-return) */
PAIR(good_swapped, __builtin_bswap32(n) == 3, __builtin_bswap32(n) == 3)
PAIR(bad_swapped, __builtin_bswap32(n) == 3, __builtin_bswap32(n) == 3 && __builtin_clz(n))	/* warn(region-balance:open-at-return) */
PAIR(good_known, __builtin_constant_p(12) && n, n)
PAIR(bad_known, n, n && __builtin_constant_p(n))	/* warn(region-balance:open-at-return) */
PAIR(good_negated, !(n > 3 && start), !(n > 3 && start))
PAIR(bad_negated, !n, !n && !(start > 8 || end > 8))	/* warn(region-balance:open-at-return) */
PAIR(good_not_twice, !!n, !!(n ? n : 0))
PAIR(bad_not_twice, !!n, !!n && !!(n ?: calls) && !calls)	/* warn(region-balance:open-at-return) */
PAIR(bad_bit_field, mode->notify, mode->notify && mode->kind)	/* warn(region-balance:open-at-return) */
PAIR(bad_element, mode->rows[1][n], mode->rows[1][n] && mode->rows[n][0])	/* warn(region-balance:open-at-return) */
PAIR(bad_byte, mode->byte[2] == 3, mode->byte[2] == 3 && mode->depth > 1)	/* warn(region-balance:open-at-return) */
PAIR(bad_constant_table, n, n && sizes[n] == 9)	/* warn(region-balance:open-at-return) */
PAIR(bad_behind, mode[-1].word, mode[-1].word && (mode - 1)->next != mode)	/* warn(region-balance:open-at-return) */
PAIR(bad_distance, mode->next - mode, (mode->next - mode) && (n, start) > 3)	/* warn(region-balance:open-at-return) */

void bad_switch_range(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	switch (n) {
	case 1 ... 3:
		break;
	case 5:
		calls++;
		return; /* warn(region-balance:open-at-return) */
	default:
		mmu_notifier_invalidate_range_end(mm, start, end);
		return;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_computed_goto(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	static void *const to[] = { &&first, &&second };

	mmu_notifier_invalidate_range_start(mm, start, end);
	goto *to[n & 1];
first:
	mmu_notifier_invalidate_range_end(mm, start, end);
	return;
second:
	calls += 2;
} /* warn(region-balance:open-at-return) */

void good_counted(struct mm_struct *mm, unsigned long start, unsigned long end,
		  struct mode *mode, int n)
{
	int left = n;

	left -= 1;
	left *= 2;
	left |= 1;
	if (left)
		mmu_notifier_invalidate_range_start(mm, start, end);
	mode += 2;
	mode->rows[0][1]++;
	mode--;
	mode->notify = 1;
	if (left)
		mmu_notifier_invalidate_range_end(mm, start, end);
}

static bool has_room(void)
{
	return calls < 4;
}

void bad_through_pointer(struct mm_struct *mm, unsigned long start, unsigned long end,
			 bool (*asked)(void))
{
	bool (*own)(void) = has_room;

	mmu_notifier_invalidate_range_start(mm, start, end);
	if ((*own)() && (*asked)())
		mmu_notifier_invalidate_range_end(mm, start, end);
} /* warn(region-balance:open-at-return) */
