/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * in-source.c - does a comment hide the findings of its rule on its line or on the one below, and no others?
 */
#include "era-d1/mmu_notifier.h"
#include "in-source.h"

void good_on_the_line(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	mmu_notifier_invalidate_range(mm, a, a + 1); /* mncheck: ignore(range-unlocked): a test's own lock is held */
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void good_above(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	/* mncheck: ignore(range-unlocked): a test's own lock is held */
	mmu_notifier_invalidate_range(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void good_above_in_lines(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	/*
	 * mncheck: ignore(range-unlocked): a test's own lock is
	 * held, which mncheck does not know
	 */
	/* another comment */
	mmu_notifier_invalidate_range(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void good_line_comment(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	// mncheck: ignore(range-unlocked): a test's own lock is held
	mmu_notifier_invalidate_range(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void good_two_rules(struct mm_struct *mm, pmd_t *pmd, unsigned long a)
{
	spinlock_t *ptl;

	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
	/* mncheck: ignore(range-unlocked): a test's own lock is held */
	/* mncheck: ignore(range-unpaired): and its own region open */ mmu_notifier_invalidate_range(mm, a, a + 1);
	ptl = pmd_lock(mm, pmd);
	spin_unlock(ptl);
}

void good_in_a_header(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	HIDDEN_BY_THE_USER(mm, a); /* mncheck: ignore(range-unlocked): a test's own lock is held */
	hidden_in_the_header(mm, a);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void bad_other_rule(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
	/* mncheck: ignore(range-unlocked): a test's own lock is held */
	mmu_notifier_invalidate_range(mm, a, a + 1); /* warn(range-unpaired:unpaired-after) */
}

void bad_line_before(struct mm_struct *mm, unsigned long a, int first)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	if (first)
		mmu_notifier_invalidate_range(mm, a, a + 1); /* mncheck: ignore(range-unlocked): a test's own lock is held */
	else
		mmu_notifier_invalidate_range(mm, a, a + 1); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

void bad_line_between(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
#ifdef NEVER_DEFINED
	/* mncheck: ignore(range-unlocked): that it hides nothing is not said: it is not compiled */
#endif
	mmu_notifier_invalidate_range(mm, a, a + 1); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}

/* said of the comment: mncheck: ignore(range-unlocked): no comment starts with it */
void bad_in_passing(struct mm_struct *mm, unsigned long a)
{
	mmu_notifier_invalidate_range_start(mm, a, a + 1);
	/* see mncheck: ignore(range-unlocked): no comment starts with it */
	mmu_notifier_invalidate_range(mm, a, a + 1); /* warn(range-unlocked:unlocked) */
	mmu_notifier_invalidate_range_end(mm, a, a + 1);
}
