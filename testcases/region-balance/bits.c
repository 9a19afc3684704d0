/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bits.c - is a flag known again that shares a word with others, and is tested as bits of it?
 *
 * A compiler reads a bit-field as the byte that it is in, and makes one test of those of two members that lie
 * together. What is set is the member.
 */
#include "era-e/mmu_notifier.h"

struct state {
	unsigned int open : 1, locked : 1, depth : 3;
	int signed_depth : 4;
	bool wide : 1;
	struct {
		unsigned int first : 1, second : 1;
	} way[2];
	bool one, other;
};

static void start(struct mmu_notifier_range *range, struct mm_struct *mm, unsigned long addr)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, addr, addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
}

void good_second_bit(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears) {
		start(&range, mm, addr);
		st.locked = 1;
	}
	if (st.locked)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_other_bit(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears) {
		start(&range, mm, addr);
		st.open = 1;
	}
	if (st.locked)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void good_not(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears)
		start(&range, mm, addr);
	else
		st.wide = true;
	if (!st.wide)
		mmu_notifier_invalidate_range_end(&range);
}

void good_number(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { .depth = 1, .signed_depth = 1 };

	if (clears) {
		start(&range, mm, addr);
		st.depth = 5;
		st.signed_depth = -3;
	}
	if (st.depth == 5 && st.signed_depth == -3)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_number(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { .depth = 1 };

	if (clears) {
		start(&range, mm, addr);
		st.depth = 5;
	}
	if (st.depth == 4)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void good_either(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears) {
		start(&range, mm, addr);
		if (clears > 1)
			st.open = 1;
		else
			st.locked = 1;
	}
	if (st.open || st.locked)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_both(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears) {
		start(&range, mm, addr);
		st.locked = 1;
	}
	if (st.open && st.locked)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */

void good_element(struct state *st, struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;

	st->way[1].second = 0;
	st->way[1].first = !clears;
	if (clears) {
		start(&range, mm, addr);
		st->way[1].second = 1;
	}
	if (st->way[1].second && !st->way[1].first)
		mmu_notifier_invalidate_range_end(&range);
}

/* no bit-fields: two bytes, of which one is set */
void good_bytes(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	if (clears) {
		start(&range, mm, addr);
		st.other = true;
	}
	if (st.one || st.other)
		mmu_notifier_invalidate_range_end(&range);
}

void bad_bytes(struct mm_struct *mm, unsigned long addr, int clears)
{
	struct mmu_notifier_range range;
	struct state st = { 0 };

	st.one = clears & 1;
	if (clears) {
		start(&range, mm, addr);
		st.other = true;
	}
	if (st.one && st.other)
		mmu_notifier_invalidate_range_end(&range);
} /* warn(region-balance:open-at-return) */
