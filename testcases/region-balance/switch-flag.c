/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch-flag.c - is the default of a switch taken only where no case is the value?
 */
#include "era-e/mmu_notifier.h"

static void start(struct mmu_notifier_range *range, struct mm_struct *mm, unsigned long begin)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, mm, begin, begin + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(range);
}

void good_no_default(struct mm_struct *mm, unsigned long begin, bool cond)
{
	struct mmu_notifier_range range;
	int phase = 0;

	if (cond) {
		start(&range, mm, begin);
		phase = 1;
	}
	switch (phase) {
	case 1:
		mmu_notifier_invalidate_range_end(&range);
		break;
	case 0:
		break;
	}
}

void good_shares_default(struct mm_struct *mm, unsigned long begin, bool cond)
{
	struct mmu_notifier_range range;
	int phase = 0;

	if (cond) {
		start(&range, mm, begin);
		phase = 1;
	}
	switch (phase) {
	case 1:
		mmu_notifier_invalidate_range_end(&range);
		break;
	case 0:
	default:
		flush_tlb_range(NULL, begin, begin + PAGE_SIZE);
	}
}

void good_several_values(struct mm_struct *mm, unsigned long begin, bool cond)
{
	struct mmu_notifier_range range;
	int phase = 0;

	if (cond) {
		start(&range, mm, begin);
		phase = 2;
	}
	switch (phase) {
	case 1 ... 3:
		mmu_notifier_invalidate_range_end(&range);
		break;
	case 7:
		flush_tlb_range(NULL, begin, begin + PAGE_SIZE);
		break;
	}
}

void good_asked_twice(struct mm_struct *mm, unsigned long begin, int mode)
{
	struct mmu_notifier_range range;

	switch (mode) {
	case 1 ... 3:
	case 9:
		start(&range, mm, begin);
		break;
	case 5:
		return;
	}
	flush_tlb_range(NULL, begin, begin + PAGE_SIZE);
	switch (mode) {
	case 1 ... 3:
	case 9:
		mmu_notifier_invalidate_range_end(&range);
		break;
	case 5:
		return;
	}
}

void bad_other_value(struct mm_struct *mm, unsigned long begin, bool cond)
{
	struct mmu_notifier_range range;
	int phase = 0;

	if (cond) {
		start(&range, mm, begin);
		phase = 1;
	}
	switch (phase) {
	case 2:
		mmu_notifier_invalidate_range_end(&range);
		break;
	case 0:
		break;
	}
} /* warn(region-balance:open-at-return) */

void bad_beside_the_values(struct mm_struct *mm, unsigned long begin, int mode)
{
	struct mmu_notifier_range range;

	if (mode < 0 || mode > 4)
		return;
	start(&range, mm, begin);
	switch (mode) {
	case 0 ... 1:
	case 3 ... 4:
		mmu_notifier_invalidate_range_end(&range);
		break;
	}
} /* warn(region-balance:open-at-return) */
