/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * loop.c - is a region started again by the next turn of a loop, and 'continue' and
 * 'break' without an end?
 */
#include "era-d1/mmu_notifier.h"

void bad_continue(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-balance:started-again) */
		if (pmd_none(*pmd++))
			continue;
		mmu_notifier_invalidate_range_end(mm, start, end);
		if (pmd_trans_huge(*pmd))
			return;
	}
}

void good_continue(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd)
{
	for (;;) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		if (pmd_none(*pmd++)) {
			mmu_notifier_invalidate_range_end(mm, start, end);
			continue;
		}
		mmu_notifier_invalidate_range_end(mm, start, end);
		if (pmd_trans_huge(*pmd))
			return;
	}
}

void bad_break(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd,
	       int n)
{
	for (; n > 0; n--, pmd++) {
		mmu_notifier_invalidate_range_start(mm, start, end);
		if (pmd_none(*pmd))
			break;
		mmu_notifier_invalidate_range_end(mm, start, end);
	}
} /* warn(region-balance:open-at-return) */

void good_break(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd,
		int n)
{
	mmu_notifier_invalidate_range_start(mm, start, end);
	for (; n > 0; n--, pmd++) {
		if (pmd_none(*pmd))
			break;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_do_while(struct mm_struct *mm, unsigned long start, unsigned long end, int n)
{
	do {
		mmu_notifier_invalidate_range_start(mm, start, end);
		flush_tlb_range(NULL, start, end);
		mmu_notifier_invalidate_range_end(mm, start, end);
	} while (--n);
}

void bad_end_after_do_while(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	do {
		mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-balance:started-again) */
		flush_tlb_range(NULL, start, end);
	} while (READ_ONCE(mm->flags));
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void bad_goto_back(struct mm_struct *mm, unsigned long start, unsigned long end)
{
again:
	mmu_notifier_invalidate_range_start(mm, start, end); /* warn(region-balance:started-again) */
	if (READ_ONCE(mm->flags))
		goto again;
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_goto_back(struct mm_struct *mm, unsigned long start, unsigned long end)
{
again:
	mmu_notifier_invalidate_range_start(mm, start, end);
	if (READ_ONCE(mm->flags)) {
		mmu_notifier_invalidate_range_end(mm, start, end);
		goto again;
	}
	mmu_notifier_invalidate_range_end(mm, start, end);
}

void good_started_once(struct mm_struct *mm, unsigned long start, unsigned long end,
		     pmd_t *pmd, int n)
{
	unsigned long started = 0;

	for (; n > 0; n--, pmd++) {
		if (pmd_none(*pmd))
			continue;
		if (!started) {
			started = start;
			if (!started)
				return;
			mmu_notifier_invalidate_range_start(mm, started, end);
		}
		flush_tlb_range(NULL, start, end);
	}
	if (started)
		mmu_notifier_invalidate_range_end(mm, started, end);
}

/* what is left open behind the loop comes of the round that was left early */
void bad_round_left_early(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd)
{
	for (; start < end; start += PAGE_SIZE) {
		mmu_notifier_invalidate_range_start(mm, start, start + PAGE_SIZE); /* warn(region-balance:started-again) */
		if (pmd_none(*pmd))
			continue;
		flush_tlb_range(NULL, start, end);
		mmu_notifier_invalidate_range_end(mm, start, start + PAGE_SIZE);
	}
}

/* .. and this is a mistake of its own */
int bad_round_and_return(struct mm_struct *mm, unsigned long start, unsigned long end, pmd_t *pmd, int n)
{
	for (; start < end; start += PAGE_SIZE) {
		mmu_notifier_invalidate_range_start(mm, start, start + PAGE_SIZE); /* warn(region-balance:started-again) */
		if (pmd_none(*pmd))
			continue;
		if (n)
			return -EAGAIN; /* warn(region-balance:open-at-return) */
		mmu_notifier_invalidate_range_end(mm, start, start + PAGE_SIZE);
	}
	return 0;
}
